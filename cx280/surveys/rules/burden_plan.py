"""What a plan expects of people: how many are asked, how many answer, how many hours it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.10-o3"


@dataclass(frozen=True, slots=True)
class Expected:
    """A year of one collection. people: who could be asked. invited: a share of them, 0 to 1, and
    answering: a share of those; None where nobody knows. minutes: of one answer.

    counted: answers of the last year as they were counted, where that says more than the plan.
    """

    people: int | None = None
    invited: float | None = None
    answering: float | None = None
    minutes: float | None = None
    counted: int | None = None

    @property
    def asked(self) -> float | None:
        """Invitations a year; None where nobody can say."""
        if self.people is None or self.invited is None:
            return None
        return self.people * self.invited

    @property
    def answers(self) -> float | None:
        """Answers a year: as counted, else of those asked; the most there can be without a rate."""
        if self.counted is not None:
            return float(self.counted)
        if self.asked is None:
            return None
        return self.asked * (1.0 if self.answering is None else self.answering)

    @property
    def hours(self) -> float | None:
        """Hours a year that people give: answers times minutes, divided by 60."""
        if self.answers is None or self.minutes is None:
            return None
        return self.answers * self.minutes / 60

    @property
    def is_most(self) -> bool:
        """Whether answers and hours are the most there can be, as if everybody asked answered."""
        return self.counted is None and self.answering is None and self.asked is not None

    @property
    def per_person(self) -> float | None:
        """Invitations a year of each person who could be asked."""
        return None if self.asked is None or not self.people else self.asked / self.people


@dataclass(frozen=True, slots=True)
class Effort:
    """An active collection as fatigue sees it. group: whom it meets, "" for everybody.

    months: 1 to 12. held: whether the contact rules hold it: only surveys that draw here.
    """

    title: str
    group: str
    months: frozenset[int]
    per_person: float | None
    held: bool


@dataclass(frozen=True, slots=True)
class Load:
    """What one group of people meets in a year: titles, and invitations to each where known."""

    group: str
    titles: tuple[str, ...]
    per_person: float | None
    unknown: tuple[str, ...]
    together: tuple[int, ...]  # months in which several that no rule holds ask at once
    limit: int

    @property
    def is_too_much(self) -> bool:
        """Whether people are expected to be asked more often than the contact rules allow."""
        return bool(self.limit) and self.per_person is not None and self.per_person > self.limit


@implements("280.10-o3")
def loads_of(efforts: Sequence[Effort], limit: int) -> list[Load]:
    """The load of each group, the heaviest first; limit: invitations a year, 0 for none.

    A collection that meets everybody counts in each group. Surveys that the contact rules hold
    together never ask more than the limit, whatever each plans; others come on top.
    """
    groups = sorted({each.group for each in efforts if each.group}) or [""]
    found = [_load(group, [e for e in efforts if e.group in {group, ""}], limit)
             for group in groups]  # fmt: skip
    return sorted(found, key=lambda each: (-(each.per_person or 0), each.group))


def _load(group: str, efforts: Sequence[Effort], limit: int) -> Load:
    held = sum(each.per_person or 0 for each in efforts if each.held)
    free = [each for each in efforts if not each.held]
    known = [each for each in efforts if each.per_person is not None]
    total = (min(held, limit) if limit else held) + sum(each.per_person or 0 for each in free)
    return Load(
        group=group,
        titles=tuple(each.title for each in efforts),
        per_person=total if known else None,
        unknown=tuple(each.title for each in efforts if each.per_person is None),
        together=tuple(
            month for month in range(1, 13) if sum(month in each.months for each in free) > 1
        ),
        limit=limit,
    )


@implements("280.10-o3")
def fatigue(loads: Sequence[Load], months: Sequence[str]) -> list[Finding]:
    """A WARN for each group asked more often than allowed, one note where collections meet."""
    found = [_too_much(each) for each in loads if each.is_too_much]
    meeting = [each for each in loads if each.together and not each.is_too_much]
    if meeting:
        shared = sorted({month for each in meeting for month in each.together})
        names = ", ".join(months[month - 1] for month in shared)
        groups = [each.group or "the agency" for each in meeting]
        found.append(
            Finding(
                RULE,
                Severity.INFO,
                f"Customers of {_some(groups)} can meet several collections that no contact rule"
                f" holds, {'all year' if len(shared) == len(months) else f'in {names}'}.",
                fix="Draw a sample here, so that one set of contact rules counts for all, or put"
                " them into different months.",
            )
        )
    return found


def _too_much(load: Load) -> Finding:
    whom = f"People who use {load.group}" if load.group else "People"
    return Finding(
        RULE,
        Severity.WARN,
        f"{whom} would be asked {load.per_person:.1f} times a year, and the contact rules say at"
        f" most {load.limit}.",
        fix="Ask fewer of them, ask less often, or leave one collection out:"
        f" {', '.join(load.titles)}.",
    )


def _some(names: Sequence[str], most: int = 3) -> str:
    """The names, or the first of them and how many more."""
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"
