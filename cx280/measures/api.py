"""/api/v1/measures: how a service's questions were answered in a quarter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code, QuarterWritten, Slice, cut, page
from cx280.agencies.models import Organization
from cx280.kernel.quarter import Quarter
from cx280.measures import queries, schemas
from cx280.measures.access import Sight, service_to_measure
from cx280.measures.queries import Cut, Places, QuestionCounts
from cx280.measures.rules.basis import Basis
from cx280.measures.rules.comparability import has_score
from cx280.measures.rules.driver_document import document_of, without_margins
from cx280.measures.rules.drivers import ASSOCIATION
from cx280.measures.rules.scores import Share, share_agreeing, share_tapping
from cx280.measures.rules.suppression import is_too_few
from cx280.measures.rules.tapped_drivers import tap_document_of
from cx280.surveys.rules.codes import option_codes

router = Router(tags=["measures"])
SEE = Capability.SEE_MEASURES


@router.get("/measures/{service}", response=schemas.Measures, auth=needs(SEE), by_alias=True,
            operation_id="measures", summary="A service's questions in a quarter")  # fmt: skip
def measures(
    request: HttpRequest,
    service: Path[Code],
    part: Query[Slice],
    quarter: QuarterWritten | None = None,
    customers: queries.Customers | None = None,
) -> dict[str, object]:
    """The last quarter with answers, when none is asked for. Versions are never added up.

    `customers`: the public or Federal employees alone; everybody when it is not given.
    The manager of an office gets the answers about that office and those below it.
    """
    sight = service_to_measure(asking_person(request), service)
    chosen = Quarter.parse(quarter) if quarter else _latest(sight)
    place = _place(sight, chosen)
    smallest = settings.CX280_SMALLEST_CELL
    lines = [
        line
        for each, others in _narrowed(sight, chosen, customers)
        for line in _lines(each, place, smallest, others)
    ]
    return {
        **page(part, len(lines), cut(lines, part)),
        "service": sight.service.code,
        "unit": sight.unit.code if sight.unit else "",
        "quarter": str(chosen),
        "smallest": smallest,
    }


def _narrowed(
    sight: Sight, quarter: Quarter, customers: queries.Customers | None
) -> Iterator[tuple[QuestionCounts, int]]:
    """Each question's counts, of everybody or of one part, and how many the others were."""
    found = list(_shown(queries.question_counts(sight.service, quarter, unit=sight.unit)))
    if customers is None:
        yield from ((each, 0) for each in found)
        return
    for part in queries.part_of(found, quarter, customers, sight.unit):
        yield part.counts, part.others


@router.get("/measures/{service}/drivers", response=schemas.Drivers, auth=needs(SEE),
            by_alias=True, operation_id="drivers",
            summary="What goes with trust or satisfaction in a service")  # fmt: skip
def drivers(
    request: HttpRequest,
    service: Path[Code],
    outcome: schemas.Outcome = "trust",
    quarter: QuarterWritten | None = None,
    period: schemas.PeriodWritten = "year",
    pool: schemas.Pooling = "comparable",
) -> dict[str, object]:
    """Of the four quarters up to the one asked for, or of it alone (`period=quarter`).

    Answers that are not comparable are left out; `pool=anyway` takes those in whose trust is in
    something else, and says so. Ratings and taps are never mixed.
    """
    sight = service_to_measure(asking_person(request), service)
    last = Quarter.parse(quarter) if quarter else _latest(sight)
    asked = queries.question_of(
        sight.service,
        outcome,
        queries.Period(last, queries.A_YEAR if period == "year" else 1),
        queries.places(sight.service),
        smallest=settings.CX280_SMALLEST_CELL,
        cut=Cut(sight.unit),
        units=_place(sight, last).units,
        override=pool == "anyway",
    )
    answer = queries.drivers_found(asked, timezone.now())
    return _drivers(sight, asked, answer)


def _drivers(sight: Sight, asked: queries.Question, answer: queries.Answer) -> dict[str, object]:
    smallest = asked.smallest
    rated = document_of(answer.finding, smallest=smallest) if answer.finding else None
    tapped = [tap_document_of(each, smallest=smallest) for each in queries.taps_found(asked)]
    return {
        "service": sight.service.code,
        "unit": sight.unit.code if sight.unit else "",
        "outcome": asked.outcome,
        "smallest": smallest,
        "rated": without_margins(rated) if rated else None,
        "tapped": [without_margins(each) for each in tapped],
        "association": ASSOCIATION,
        "worked_out_at": answer.made_at,
    }


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the person may look in a quarter; units: None for everywhere."""

    places: Places
    units: frozenset[int] | None

    def hides(self, version: int, smallest: int) -> bool:
        """Whether what people answered to this version there is not shown."""
        return self.places.hides(self.units, version=version, smallest=smallest)


def _place(sight: Sight, quarter: Quarter) -> _Place:
    places = queries.places(sight.service).get(quarter, Places(quarter))
    if sight.unit is None:
        return _Place(places, None)
    below = Organization.objects.filter(pk__in=places.units, path__startswith=sight.unit.path)
    return _Place(places, frozenset(below.values_list("pk", flat=True)))


def _latest(sight: Sight) -> Quarter:
    answered = queries.service_quarters(sight.service, Cut(sight.unit))
    return answered[-1].quarter if answered else Quarter.of(timezone.localdate())


def _shown(counts: list[QuestionCounts]) -> Iterator[QuestionCounts]:
    """Taps apart by the rating above them, never together: they mean opposite things (INC-15)."""
    apart = {(each.version.pk, each.question.id) for each in counts if each.polarity}
    for each in counts:
        if each.polarity or (each.version.pk, each.question.id) not in apart:
            yield each


def _lines(
    counts: QuestionCounts, place: _Place, smallest: int, others: int = 0
) -> Iterator[dict[str, Any]]:
    question = counts.question
    taps = question.mode is not None
    n = counts.shown if taps else counts.answered
    few = is_too_few(n, smallest) or 0 < others < smallest
    hidden = few or place.hides(counts.version.pk, smallest)
    if not taps:
        score = None
        if has_score(question):
            score = share_agreeing(counts.counts, counts.key.scale, counts.basis)
        yield _line(counts, score, n, hidden=hidden)
        return
    for code, option in zip(option_codes(question), question.options, strict=True):
        share = share_tapping(counts.counts.get(code, 0), n, counts.basis)
        named = {"option": option.words(), "driver": option.driver or ""}
        yield {**_line(counts, share, n, hidden=hidden), **named}


def _line(counts: QuestionCounts, share: Share | None, n: int, *, hidden: bool) -> dict[str, Any]:
    version = counts.version
    return {
        "survey": version.survey.code,
        "version": version.number,
        "question": counts.question.id,
        "construct": counts.construct,
        "text": counts.question.words(),
        "option": "",
        "driver": "",
        "polarity": counts.polarity,
        "key": counts.key.written,
        "self_selected": counts.basis is Basis.CHOSE,
        "suppressed": hidden,
        **_figures(None if hidden else share, None if hidden else n),
    }


def _figures(share: Share | None, n: int | None) -> dict[str, Any]:
    """A margin of error only where people were asked."""
    if share is None or share.share is None:
        return {"n": n, "share": None, "low": None, "high": None}
    low, high = (None if end is None else round(end, 4) for end in share.ends)
    return {"n": n, "share": round(share.share, 4), "low": low, "high": high}
