"""Which answers may be analysed together for drivers, which may not, and why not.

Answers are pooled over versions and quarters only while the outcome and every driver were asked
the same way. Whoever wants more must say so, and what was pooled against the rule is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.rules.comparability import Key, first_difference
from cx280.measures.rules.key_words import construct_words


@dataclass(frozen=True, slots=True)
class Column:
    """A question as a version asked it, and its place among the characters of a pattern."""

    id: str
    key: Key
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one version got in one quarter. columns: what each character of a pattern is about.

    self_selected: people found the survey by themselves, so that nobody knows who did not.
    """

    service: str
    source: str  # the survey and its version, in words
    quarter: Quarter
    outcome: Column
    drivers: tuple[Column, ...]
    columns: tuple[str, ...]
    patterns: Mapping[str, int]
    self_selected: bool = False

    @property
    def answers(self) -> int:
        """How many people these are."""
        return sum(self.patterns.values())


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Answers that were not pooled: whose, how many, why, and whether a user may override that."""

    source: str
    quarters: tuple[str, ...]
    answers: int
    reason: str
    can_override: bool = False


@dataclass(frozen=True, slots=True)
class Pool:
    """Parts that are analysed together on the same outcome and drivers, and what is left out.

    overrides: what differs among the parts all the same, because the user said so.
    """

    outcome: Column
    drivers: tuple[Column, ...]
    parts: tuple[Part, ...]
    left_out: tuple[LeftOut, ...]
    overrides: tuple[str, ...] = ()

    @property
    def answers(self) -> int:
        """How many people are pooled."""
        return sum(part.answers for part in self.parts)


@implements("280.3-a5", "INC-05", "INC-09", "INC-42")
def pool_of(parts: Sequence[Part], *, enough: int, override: bool = False) -> Pool | None:
    """The parts that may be analysed together; None when there is none.

    They follow the newest question that at least `enough` people answered, else the one that
    most did. override: also those whose trust is in something else or is another kind of trust,
    but never a change of trust with a level of it (INC-05).
    """
    if not parts:
        return None
    newest = sorted(parts, key=lambda each: (each.quarter, each.answers), reverse=True)
    tried = {_identity(each): _together(each, parts, override=override) for each in newest}
    pools = list(tried.values())
    return next((each for each in pools if each.answers >= enough), None) or max(
        pools, key=lambda each: each.answers
    )


def _identity(part: Part) -> tuple[Key, frozenset[Key]]:
    return part.outcome.key, frozenset(each.key for each in part.drivers)


def _together(lead: Part, parts: Iterable[Part], *, override: bool) -> Pool:
    kept: list[Part] = []
    apart: list[tuple[Part, str, bool]] = []
    overrides: list[str] = []
    for part in parts:
        reason, can_override = _why_apart(lead, part)
        if override and can_override:  # it must fit all that were let in before it
            reason, can_override = _unlike_any(kept, part) or (reason, can_override)
        if reason and not (override and can_override):
            apart.append((part, reason, can_override))
            continue
        kept.append(part)
        if reason:
            overrides.append(f"{part.source}: {reason}")
    return Pool(
        lead.outcome,
        lead.drivers,
        tuple(kept),
        _left_out(apart),
        tuple(dict.fromkeys(overrides)),
    )


def _why_apart(lead: Part, part: Part) -> tuple[str, bool]:
    """Why a part may not be pooled ("": it may), and whether the user may override that."""
    missing = missing_driver(lead.drivers, part.drivers)
    if missing:
        return missing, False
    reason = first_difference(lead.outcome.key, part.outcome.key)
    if reason is None:
        return "", False
    return reason, can_be_overridden(lead.outcome.key, part.outcome.key)


def _unlike_any(kept: Sequence[Part], part: Part) -> tuple[str, bool] | None:
    """Why a part may not stand beside one of these even when the user insists; None: it may."""
    for each in kept:
        one, other = each.outcome.key, part.outcome.key
        reason = first_difference(one, other)
        if reason is not None and not can_be_overridden(one, other):
            return reason, False
    return None


def missing_driver(wanted: Sequence[Column], asked: Sequence[Column]) -> str:
    """Why one set of drivers does not hold the other: `It does not ask about ease.`; "" if so."""
    there = {each.key for each in asked}
    for driver in wanted:
        if driver.key in there:
            continue
        same = [each for each in asked if each.key.construct == driver.key.construct]
        about = construct_words(driver.key.construct)
        if not same:
            return f"It does not ask about {about}."
        difference = first_difference(driver.key, same[0].key)
        return f"It asks about {about} in another way. {difference}"
    return ""


_WHAT = {"construct", "object"}
_AND_SO = {"statement", "wording"}  # what differs with the kind of trust or its object


@implements("280.3-a5")
def can_be_overridden(one: Key, other: Key) -> bool:
    """Whether a user may pool these outcomes: another object or construct, asked the same way.

    Whether an interaction raised trust and how much of it there is are never one scale (INC-05).
    """
    differ = {
        each.name for each in fields(Key) if getattr(one, each.name) != getattr(other, each.name)
    }
    trusts = {one.construct, other.construct} == {"trust_change", "trust_level"}
    return bool(differ & _WHAT) and differ <= _WHAT | _AND_SO and not trusts


def _left_out(apart: Sequence[tuple[Part, str, bool]]) -> tuple[LeftOut, ...]:
    """One line for the quarters of a survey that are left out for one reason."""
    lines: dict[tuple[str, str, bool], list[Part]] = {}
    for part, reason, can_override in apart:
        lines.setdefault((part.source, reason, can_override), []).append(part)
    return tuple(
        LeftOut(
            source,
            tuple(str(each.quarter) for each in sorted(found, key=lambda part: part.quarter)),
            sum(each.answers for each in found),
            reason,
            can_override,
        )
        for (source, reason, can_override), found in lines.items()
    )
