"""The burden surveys put on the public: answers times minutes, divided by 60 (280.10-a4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from cx280.circular.implements import implements
from cx280.clearance.rules.ledger import burden_hours


@dataclass(frozen=True, slots=True)
class Burden:
    """What one survey took of people in one fiscal year.

    public: answers of the public, which are the burden. employees: answers of Federal employees,
    kept in the scores and no burden (INC-28). minutes: what OMB approved for one answer; None
    where no collection says.
    """

    survey: str
    code: str
    service: str
    provider: str
    fiscal_year: int
    public: int
    employees: int
    minutes: Decimal | None

    @property
    def hours(self) -> Decimal:
        """The hours it took the public; 0 where no minutes are approved."""
        return burden_hours(self.public, self.minutes or Decimal(0))


@dataclass(frozen=True, slots=True)
class Total:
    """Several surveys together."""

    name: str
    public: int
    employees: int
    hours: Decimal


@implements("280.10-a4", "280.2-a2", "INC-28")
def totals(lines: Iterable[Burden], name_of: Callable[[Burden], str]) -> list[Total]:
    """The burden by what `name_of` calls each line, most hours first; blank names left out.

    A survey belongs to one service and one provider, so no answer is added up twice.
    """
    groups: dict[str, list[Burden]] = {}
    for each in lines:
        groups.setdefault(name_of(each), []).append(each)
    found = [_total(name, group) for name, group in groups.items() if name]
    return sorted(found, key=lambda each: (-each.hours, each.name))


def whole(lines: Iterable[Burden]) -> Total:
    """All of them together."""
    return _total("All surveys", list(lines))


def _total(name: str, group: list[Burden]) -> Total:
    return Total(
        name,
        sum(each.public for each in group),
        sum(each.employees for each in group),
        sum((each.hours for each in group), Decimal(0)),
    )
