"""What providers handed in for a year: assessments, Action Plans, deep dives, designations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.urls import reverse

from cx280.obligations.models import Obligation
from cx280.obligations.queries.standing import Line, lines_of
from cx280.obligations.rules.vocabulary import Code, State
from cx280.plans.models import ActionPlan
from cx280.services.models import Hisp

# Quarterly reports have a page of their own.
YEARLY = (Code.CAPACITY_ASSESSMENT, Code.DEEP_DIVE, Code.ACTION_PLAN, Code.DESIGNATION)
_CODES = {each.value for each in YEARLY}


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A yearly duty of a provider and how it stands; address: where OMB reads it."""

    line: Line
    address: str

    @property
    def obligation(self) -> Obligation:
        """What is owed."""
        return self.line.obligation

    @property
    def hisp(self) -> Hisp:
        """The provider that owes it; what agencies without one owe is not handed in to OMB."""
        return cast(Hisp, self.obligation.hisp)


def lines_in(fiscal_year: int, today: date) -> list[Line]:
    """Everything owed for the year as OMB may know it: unfinished work looks like none."""
    return lines_of(Obligation.objects.filter(fiscal_year=fiscal_year), today, whole=False)


def met_in(lines: Iterable[Line], code: str = "") -> list[Line]:
    """Those lines that are yearly duties of a provider and met; `code` narrows them to one."""
    return [
        each
        for each in lines
        if each.met_on is not None
        and each.obligation.hisp_id is not None
        and each.obligation.code in _CODES
        and code in {"", each.obligation.code}
    ]


def handed_in(lines: Iterable[Line], code: str = "") -> list[HandedIn]:
    """What was handed in for the yearly duties, latest first."""
    met = met_in(lines, code)
    plans = _plans(met)
    found = [HandedIn(each, _address(each, plans)) for each in met]
    return sorted(
        found, key=lambda each: (each.line.met_on or date.min, each.hisp.name), reverse=True
    )


def _plans(lines: Sequence[Line]) -> dict[tuple[int, int], int]:
    """The plans that were sent, by (provider, year)."""
    years = {each.obligation.fiscal_year for each in lines}
    rows = ActionPlan.objects.filter(fiscal_year__in=years, submitted_at__isnull=False)
    return {(hisp, year): pk for hisp, year, pk in rows.values_list("hisp", "fiscal_year", "pk")}


def _address(line: Line, plans: dict[tuple[int, int], int]) -> str:
    row = line.obligation
    plan = plans.get((row.hisp_id or 0, row.fiscal_year))
    if row.code == Code.ACTION_PLAN and plan is not None:
        return reverse("plans:plan", args=[plan])
    if row.code == Code.DESIGNATION and row.hisp is not None:
        return reverse("services:hisp", args=[row.hisp.code])
    return reverse("obligations:obligation", args=[row.pk])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many obligations of a year stand how, and the next day something is due."""

    owed: int
    on_time: int
    late: int
    missing: int
    next_due: date | None

    @property
    def met(self) -> int:
        """How many are met, in time or not."""
        return self.on_time + self.late


def tally_of(lines: Sequence[Line]) -> Tally:
    """The year in five numbers."""
    states = [each.state for each in lines]
    ahead = [
        each.obligation.due
        for each in lines
        if each.state in {State.NOT_STARTED, State.IN_PROGRESS}
    ]
    return Tally(
        len(lines),
        states.count(State.ON_TIME),
        states.count(State.LATE),
        states.count(State.MISSING),
        min(ahead, default=None),
    )
