"""Recounting: the days of a survey version, then the quarter they lie in, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

import msgspec
from django.db import transaction
from django.db.models import Count, Q, Sum, TextField
from django.db.models.functions import Cast

from cx280.kernel.quarter import Quarter
from cx280.measures.models import DayCount, Fact, OfferFact, PatternFact, ReachFact, Refresh
from cx280.measures.rules.counting import (
    LONGEST_SECONDS,
    Asked,
    Cell,
    Place,
    asked_in,
    cell_of,
    cube,
    quantile_seconds,
    rounded_seconds,
)
from cx280.measures.rules.patterns import Block, blocks_of, digest_of
from cx280.responses.models import OfferCount, Response
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import SurveyDocument, read_document
from cx280.surveys.rules.vocabulary import Placement

DayPlace = tuple[date, int | None, str]
# Different sets of answers held in memory at once, before they are counted out.
_MOST_PATTERNS = 50_000
# In which an answer reached us, each counted by itself.
_WAYS = ("language", "stratum", "source")


@transaction.atomic
def recount(
    version: SurveyVersion, quarter: Quarter, *, days: Iterable[date] | None = None
) -> None:
    """Recounts these days (all, when not given) of a version's quarter, and the quarter itself.

    Whoever comes second waits for the first: the Refresh row is locked until the end, so that a
    count begun earlier cannot overwrite a later one. Facts follow from responses and are not
    audited.
    """
    wait_for_others()
    document = read_document(version.document)
    wanted = sorted({day for day in days if day in quarter}) if days is not None else None
    _recount_days(version, quarter, wanted, document)
    _recount_quarter(version, quarter, document)


@transaction.atomic
def note_progress(*, counted_to: datetime, finished_at: datetime) -> None:
    """Remembers how far the answers are counted; never goes back."""
    refresh = wait_for_others()
    if refresh.counted_to is None or refresh.counted_to < counted_to:
        refresh.counted_to = counted_to
    refresh.finished_at = finished_at
    refresh.save()


def wait_for_others() -> Refresh:
    """The Refresh row, locked: whoever recounts second waits for the first."""
    Refresh.objects.get_or_create(pk=1)
    return Refresh.objects.select_for_update().get(pk=1)


def _recount_days(
    version: SurveyVersion, quarter: Quarter, days: list[date] | None, document: SurveyDocument
) -> None:
    where = Q(version=version, day__range=(quarter.first_day, quarter.last_day))
    if days is not None:
        where &= Q(day__in=days)
    cells = _count_responses(where, asked_in(document), blocks_of(document))
    DayCount.objects.filter(where).delete()
    DayCount.objects.bulk_create(
        (
            DayCount(
                version=version,
                day=day,
                unit_id=unit,
                channel=channel,
                completed=cell.completed,
                suspected=cell.suspected,
                counts=cell.as_data(),
            )
            for (day, unit, channel), cell in cells.items()
        ),
        batch_size=2000,
    )


def _count_responses(
    where: Q, asked: tuple[Asked, ...], blocks: tuple[Block, ...]
) -> dict[DayPlace, Cell]:
    """Reads the responses once, a few thousand at a time; equal answers are counted together."""
    cells: dict[DayPlace, Cell] = {}
    patterns: Counter[tuple[DayPlace, str]] = Counter()
    rows = (
        Response.objects.filter(where)
        .annotate(written=Cast("answers", TextField()))
        .values_list("day", "unit_id", "channel", "suspected", "seconds", "written", *_WAYS)
    )
    for day, unit, channel, suspected, seconds, written, *ways in rows.iterator(chunk_size=5000):
        place = (day, unit, channel)
        cell = cells.get(place)
        if cell is None:
            cell = cells[place] = Cell()
        if suspected:
            cell.suspected += 1
            continue
        if seconds is not None:
            cell.seconds[min(seconds, LONGEST_SECONDS)] += 1
        for kind, way in zip(_WAYS, ways, strict=True):
            cell.reach(kind, way)
        patterns[place, written] += 1
        if len(patterns) > _MOST_PATTERNS:
            _count_out(patterns, cells, asked, blocks)
    _count_out(patterns, cells, asked, blocks)
    return cells


def _count_out(
    patterns: Counter[tuple[DayPlace, str]],
    cells: dict[DayPlace, Cell],
    asked: tuple[Asked, ...],
    blocks: tuple[Block, ...],
) -> None:
    decode = msgspec.json.Decoder(dict).decode
    for (place, written), times in patterns.items():
        cells[place].add(asked, decode(written), times, blocks)
    patterns.clear()


def _recount_quarter(version: SurveyVersion, quarter: Quarter, document: SurveyDocument) -> None:
    cells: dict[Place, Cell] = {}
    days = DayCount.objects.filter(
        version=version, day__range=(quarter.first_day, quarter.last_day)
    ).values_list("unit_id", "channel", "completed", "suspected", "counts")
    for unit, channel, completed, suspected, counts in days.iterator(chunk_size=2000):
        cell = cells.setdefault((unit, channel), Cell())
        cell.merge(cell_of(completed, suspected, counts))
    rolled = cube({place: cell for place, cell in cells.items() if cell.completed})
    facts = Fact.objects.filter(version=version, starts_on=quarter.first_day)
    facts.delete()
    Fact.objects.bulk_create(
        (
            fact
            for (unit, channel), cell in rolled.items()
            for fact in _facts_of(version, quarter, unit, channel, cell)
        ),
        batch_size=1000,
    )
    _replace_patterns(version, quarter, blocks_of(document), rolled)
    _replace_offers(version, quarter, document, rolled)
    _replace_reach(version, quarter, rolled.get((None, "")))


def _facts_of(
    version: SurveyVersion, quarter: Quarter, unit: int | None, channel: str, cell: Cell
) -> Iterable[Fact]:
    common = {
        "starts_on": quarter.first_day,
        "service_id": version.survey.service_id,
        "version": version,
        "unit_id": unit,
        "channel": channel,
    }
    everybody = cell.completed
    yield Fact(**common, counts={"all": everybody}, shown=everybody, answered=everybody)
    for key, tally in cell.questions.items():
        question, _, polarity = key.partition("@")
        yield Fact(
            **common,
            question=question,
            polarity=polarity,
            counts=dict(tally.codes),
            shown=tally.shown,
            answered=tally.answered,
        )


def _replace_patterns(
    version: SurveyVersion,
    quarter: Quarter,
    blocks: tuple[Block, ...],
    rolled: dict[Place, Cell],
) -> None:
    PatternFact.objects.filter(version=version, starts_on=quarter.first_day).delete()
    PatternFact.objects.bulk_create(
        (
            PatternFact(
                starts_on=quarter.first_day,
                service_id=version.survey.service_id,
                version=version,
                unit_id=unit,
                channel=channel,
                tapped=block.tapped,
                columns=block.columns,
                patterns=dict(sorted(patterns.items())),
                digest=digest_of(patterns),
                answers=patterns.total(),
            )
            for (unit, channel), cell in rolled.items()
            for block in blocks
            if (patterns := cell.patterns.get(block.tapped))
        ),
        batch_size=200,
    )


def _replace_reach(version: SurveyVersion, quarter: Quarter, everybody: Cell | None) -> None:
    ReachFact.objects.filter(version=version, starts_on=quarter.first_day).delete()
    if everybody is None:
        return
    ReachFact.objects.create(
        starts_on=quarter.first_day,
        version=version,
        completed=everybody.completed,
        counts={**everybody.reached, "seconds": rounded_seconds(everybody.seconds)},
    )


def _replace_offers(
    version: SurveyVersion, quarter: Quarter, document: SurveyDocument, rolled: dict[Place, Cell]
) -> None:
    offers = _offers(version, quarter, knows=document.placement is not Placement.LINK)
    OfferFact.objects.filter(version=version, starts_on=quarter.first_day).delete()
    rows = []
    for unit, channel in {**rolled, **offers}:
        cell = rolled.get((unit, channel), Cell())
        offered, started = offers.get((unit, channel), (None, None))
        rows.append(
            OfferFact(
                starts_on=quarter.first_day,
                service_id=version.survey.service_id,
                version=version,
                unit_id=unit,
                channel=channel,
                offered=offered,
                started=started,
                completed=cell.completed,
                median_seconds=quantile_seconds(cell.seconds, 0.5),
                p90_seconds=quantile_seconds(cell.seconds, 0.9),
            )
        )
    OfferFact.objects.bulk_create(rows, batch_size=1000)


def _offers(
    version: SurveyVersion, quarter: Quarter, *, knows: bool
) -> dict[Place, tuple[int | None, int | None]]:
    """Offered and started, rolled up; offered is unknown as soon as one part of it is (INC-33)."""
    counted = (
        OfferCount.objects.filter(version=version, day__range=(quarter.first_day, quarter.last_day))
        .values("unit_id", "channel")
        .annotate(
            all_offered=Sum("offered"),
            all_started=Sum("started"),
            offered_unknown=Count("pk", filter=Q(offered__isnull=True)),
            started_unknown=Count("pk", filter=Q(started__isnull=True)),
        )
        .order_by()
    )
    rolled: dict[Place, list[tuple[int | None, int | None]]] = {}
    for row in counted:
        offered = row["all_offered"] if knows and not row["offered_unknown"] else None
        started = None if row["started_unknown"] else row["all_started"]
        for unit in {row["unit_id"], None}:
            for channel in {row["channel"], ""}:
                rolled.setdefault((unit, channel), []).append((offered, started))
    return {
        place: (_sum_known([each[0] for each in parts]), _sum_known([each[1] for each in parts]))
        for place, parts in rolled.items()
    }


def _sum_known(parts: list[int | None]) -> int | None:
    known = [each for each in parts if each is not None]
    return sum(known) if len(known) == len(parts) else None
