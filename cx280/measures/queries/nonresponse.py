"""Respondents against the people asked, early against late, as answered and weighted back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Sum

from cx280.agencies.models import Organization
from cx280.kernel.quarter import Quarter
from cx280.measures.models import DayCount, OfferFact
from cx280.measures.queries.asked_cells import Place, cells_of, summed
from cx280.measures.queries.cuts import Cut, within
from cx280.measures.queries.outcome_checks import checks_of
from cx280.measures.queries.places import Places
from cx280.measures.rules.basis import Basis, basis_of
from cx280.measures.rules.nonresponse import Group, OutcomeCheck
from cx280.measures.rules.scores import ResponseRate, response_rate
from cx280.measures.rules.suppression import is_too_few, suppress_line
from cx280.responses.models import OfferCount
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.services.rules.vocabulary import Channel
from cx280.stats.nonresponse import Evenness, evenness
from cx280.surveys.models import SurveyVersion

NO_OFFICE = "No office named"


@dataclass(frozen=True, slots=True)
class Missing:
    """Who is missing from a quarter's answers, of the surveys whose askings were counted.

    rate: of those surveys. chose: answers that came over a plain link, left out here, and how many
    began there (None: not counted). hidden: too few answers to show anything. Where the rate cannot
    be computed there are no groups and no checks.
    """

    quarter: Quarter
    rate: ResponseRate
    chose: int
    chose_started: int | None
    hidden: bool
    offices: tuple[Group, ...] = ()
    channels: tuple[Group, ...] = ()
    months: tuple[Group, ...] = ()
    even: Evenness | None = None
    checks: tuple[OutcomeCheck, ...] = ()

    @property
    def completion(self) -> float | None:
        """Over plain links: answered of those who began, 0 to 1; None where that is not counted."""
        if not self.chose or not self.chose_started or self.chose_started < self.chose:
            return None
        return self.chose / self.chose_started

    @property
    def kinds(self) -> tuple[tuple[Group, ...], ...]:
        """The groups by kind, those with at least two."""
        return tuple(each for each in (self.offices, self.channels, self.months) if len(each) > 1)


def missing(
    service: Service,
    quarter: Quarter,
    *,
    versions: Sequence[SurveyVersion],
    places: Places,
    cut: Cut,
    smallest: int = 10,
) -> Missing:
    """Everything the page “Who is missing from these answers?” shows."""
    chosen = {each.pk for each in versions if _basis(each) is Basis.CHOSE}
    rows = OfferFact.objects.filter(service=service, starts_on=quarter.first_day)
    here = list(within(rows, Cut(cut.unit)))
    mine = [row for row in here if row.version_id not in chosen]
    found_it = [row for row in here if row.version_id in chosen]
    answered = sum(row.completed for row in mine)
    rate = response_rate(_known([row.offered for row in mine]), answered)
    units = _units(cut, places)
    everybody = places.answers(units)
    hide = _Hiding(places, smallest)
    hidden = hide.part(answered, everybody) or places.hides(units, smallest=smallest)
    empty = Missing(
        quarter,
        rate,
        sum(row.completed for row in found_it),
        _known([row.started for row in found_it]),
        hidden,
    )
    if hidden or rate.rate is None:
        return empty
    asked = [each for each in versions if each.pk not in chosen]
    cells = cells_of((row for row in rows if row.version_id not in chosen), units)
    return replace(
        empty,
        offices=_offices(cells, hide),
        channels=_channels(cells, hide, units),
        months=_months(quarter, asked, units, hide),
        even=_evenness(cells),
        checks=checks_of(service, quarter, asked, units, cells, smallest),
    )


def _units(cut: Cut, places: Places) -> frozenset[int] | None:
    """The units of the cut that answered; None for everywhere."""
    if cut.unit is None:
        return None
    below = Organization.objects.filter(pk__in=places.units, path__startswith=cut.unit.path)
    return frozenset(below.values_list("pk", flat=True))


def _basis(version: SurveyVersion) -> Basis:
    return basis_of(document_by(version.pk, version.digest).placement)


def _known(parts: Sequence[int | None]) -> int | None:
    known = [each for each in parts if each is not None]
    return sum(known) if known and len(known) == len(parts) else None


@dataclass(frozen=True, slots=True)
class _Hiding:
    """What is not shown for the sake of few people."""

    places: Places
    smallest: int

    def part(self, answered: int, everybody: int) -> bool:
        """Whether a part of all answers, or what is left without it, is too few."""
        return is_too_few(answered, self.smallest) or is_too_few(
            everybody - answered, self.smallest
        )

    def line(self, groups: Sequence[Group], also: Sequence[bool]) -> tuple[Group, ...]:
        """The groups with those hidden that are too few, would tell of too few, or are `also`."""
        found = suppress_line([each.answered for each in groups], self.smallest)
        return tuple(
            Group(each.kind, each.name, each.asked, each.answered, few or other)
            for each, few, other in zip(groups, found.hidden, also, strict=True)
        )


def _offices(cells: Mapping[Place, Sequence[int]], hide: _Hiding) -> tuple[Group, ...]:
    sums = {each: total for each, total in summed(cells, 0).items() if not isinstance(each, str)}
    names = Organization.objects.in_bulk([each for each in sums if each is not None])
    groups, also = [], []
    for unit, (asked, answered) in sums.items():
        name = NO_OFFICE if unit is None else names[unit].name
        groups.append(Group("office", name, asked, answered))
        here = None if unit is None else frozenset({unit})
        also.append(
            unit is not None
            and (
                hide.places.hides(here, smallest=hide.smallest)
                or hide.part(answered, hide.places.answers(here))
            )
        )
    return hide.line(groups, also)


def _channels(
    cells: Mapping[Place, Sequence[int]], hide: _Hiding, units: frozenset[int] | None
) -> tuple[Group, ...]:
    groups, also = [], []
    for channel, (asked, answered) in summed(cells, 1).items():
        written = str(channel)
        groups.append(Group("channel", Channel.of(written).label, asked, answered))
        also.append(
            hide.places.hides(units, written, smallest=hide.smallest)
            or hide.part(answered, hide.places.answers(units, written))
        )
    return hide.line(groups, also)


def _months(
    quarter: Quarter,
    asked: Sequence[SurveyVersion],
    units: frozenset[int] | None,
    hide: _Hiding,
) -> tuple[Group, ...]:
    where: dict[str, object] = {
        "version__in": asked,
        "day__range": (quarter.first_day, quarter.last_day),
    }
    if units is not None:
        where["unit__in"] = units
    days = OfferCount.objects.filter(**where).values_list("day").annotate(n=Sum("offered"))
    offered = _by_month(days.order_by())
    counts = DayCount.objects.filter(**where).values_list("day").annotate(n=Sum("completed"))
    answered = _by_month(counts.order_by())
    groups = [
        Group("month", f"{month:%B}", offered[month], answered[month])
        for month in sorted({*offered, *answered})
    ]
    return hide.line(groups, [False] * len(groups))


def _by_month(rows: Iterable[tuple[date, int | None]]) -> Counter[date]:
    months: Counter[date] = Counter()
    for day, n in rows:
        months[day.replace(day=1)] += n or 0
    return months


def _evenness(cells: Mapping[Place, Sequence[int]]) -> Evenness | None:
    if any(answered > asked for asked, answered in cells.values()):
        return None
    return evenness([(asked, answered) for asked, answered in cells.values()])
