"""Amounts that know whether all of them was assessed: what was not is never taken for 0."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from cx280.circular.implements import implements


@implements("280.14-f3")
@dataclass(frozen=True, slots=True)
class Amount:
    """Minutes, dollars or hours. value: None when nothing of it was assessed.

    is_whole: whether every part was assessed; a value that is not whole is a least one.
    """

    value: Decimal | None = None
    is_whole: bool = False

    def __post_init__(self) -> None:
        if self.value is None and self.is_whole:
            raise ValueError("An amount without a value is not whole.")

    @classmethod
    def of(cls, value: Decimal | None) -> Amount:
        """All of it when there is a value, nothing assessed when there is none."""
        return cls(value, value is not None)

    def __add__(self, other: Amount) -> Amount:
        known = [each.value for each in (self, other) if each.value is not None]
        if not known:
            return NOT_ASSESSED
        return Amount(sum(known, Decimal(0)), self.is_whole and other.is_whole)

    def times(self, factor: Decimal | int) -> Amount:
        """So many of it; none of it is nothing, whether assessed or not."""
        if not factor:
            return Amount(Decimal(0), True)
        return Amount(None if self.value is None else self.value * factor, self.is_whole)

    def told(self, write: Callable[[Decimal], str]) -> str:
        """The amount in words: `not assessed`, `at least 40 minutes`, `40 minutes`."""
        if self.value is None:
            return "not assessed"
        return write(self.value) if self.is_whole else f"at least {write(self.value)}"


NOT_ASSESSED = Amount()


def total(amounts: Iterable[Amount]) -> Amount:
    """The sum; of no amounts nothing is assessed."""
    found: Amount | None = None
    for each in amounts:
        found = each if found is None else found + each
    return NOT_ASSESSED if found is None else found


def each_times(count: Decimal | int | None, each: Decimal | None) -> Amount:
    """So many things of so much each. None counted is nothing; not counted is not assessed."""
    if count is None:
        return NOT_ASSESSED
    return Amount.of(each).times(count)


def time_told(minutes: Decimal) -> str:
    """`3 hours 20 minutes`, `45 minutes`; parts of a minute are rounded."""
    whole = int(minutes.quantize(Decimal(1)))
    hours, rest = divmod(whole, 60)
    parts = [_count(hours, "hour")] if hours else []
    if rest or not hours:
        parts.append(_count(rest, "minute"))
    return " ".join(parts)


def money_told(dollars: Decimal) -> str:
    """`$1,204.50`, whole dollars without cents."""
    return f"${dollars:,.2f}".removesuffix(".00")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
