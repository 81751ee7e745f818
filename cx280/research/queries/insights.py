"""Reads insights: found by words, by what they are about, and by whether they still hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import FloatField, Prefetch, QuerySet
from django.db.models.expressions import RawSQL

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.measures.rules.suppression import is_too_few
from cx280.research import index
from cx280.research.models import Insight, InsightEvidence, Segment, SegmentShare, Terms
from cx280.research.queries.words import terms_of
from cx280.research.rules.freshness import freshness
from cx280.research.rules.participants import participation_of
from cx280.research.rules.periods import months_before
from cx280.research.rules.searching import for_postgresql, for_sqlite, words_in
from cx280.research.rules.vocabulary import Freshness
from cx280.services.rules.facts import Volume
from cx280.services.rules.participation import latest_volume
from cx280.services.rules.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; empty stands for everything. standing: a word of Freshness."""

    words: str = ""
    tag: str = ""
    segment: str = ""
    service: str = ""
    standing: str = ""


@implements("280.9-e4")
def search(insights: QuerySet[Insight], typed: str) -> QuerySet[Insight]:
    """The insights that hold all words typed, best first; all of them when nothing is typed.

    The one place that knows the database: FTS5 on SQLite, a tsvector on PostgreSQL. Both know
    `waits` from `waiting`, and take a word as the beginning of a longer one.
    """
    words = words_in(typed)
    if not words:
        return insights.none() if typed.strip() else insights
    if connection.vendor == "postgresql":
        wanted, fits, rank = for_postgresql(words), index.POSTGRESQL_FITS, index.POSTGRESQL_RANK
    else:
        wanted, fits, rank = for_sqlite(words), index.SQLITE_FITS, index.SQLITE_RANK
    # The statements are constants of ours; what was typed is a parameter.
    fit = RawSQL(fits, [wanted])  # noqa: S611
    best = RawSQL(rank, [wanted], output_field=FloatField())  # noqa: S611
    return insights.filter(pk__in=fit).order_by(best, "-pk")


def found(
    insights: QuerySet[Insight], asked: Asked, terms: Terms, today: date
) -> QuerySet[Insight]:
    """The insights that fit all that was asked for, best first, else last confirmed first."""
    rows = search(insights, asked.words)
    if asked.tag:
        rows = rows.filter(tags__name=asked.tag)
    if asked.segment:
        rows = rows.filter(segments__name=asked.segment)
    if asked.service:
        rows = rows.filter(services__code=asked.service)
    if asked.standing == Freshness.RETIRED:
        return rows.filter(retired_on__isnull=False)
    rows = rows.filter(retired_on__isnull=True)
    return (
        rows.filter(confirmed_on__lt=_oldest(terms, today))
        if (asked.standing == Freshness.STALE)
        else rows
    )


def _oldest(terms: Terms, today: date) -> date:
    """The first day on which a confirmation is not stale."""
    return months_before(today, terms.confirm_months)


def stale(insights: QuerySet[Insight], terms: Terms, today: date) -> QuerySet[Insight]:
    """Those to confirm or to retire, the oldest first."""
    rows = insights.filter(retired_on__isnull=True, confirmed_on__lt=_oldest(terms, today))
    return rows.order_by("confirmed_on", "pk")


@dataclass(frozen=True, slots=True)
class InsightLine:
    """An insight with whether it still holds."""

    insight: Insight
    standing: Freshness


def whole(insights: QuerySet[Insight]) -> QuerySet[Insight]:
    """The insights with all that a line needs, in few queries."""
    evidence = InsightEvidence.objects.select_related("study", "round")
    return insights.select_related("written_by", "confirmed_by").prefetch_related(
        "segments", "services", "tags", Prefetch("evidence", evidence)
    )


def line_of(insight: Insight, terms: Terms, today: date) -> InsightLine:
    """The insight as it stands that day."""
    standing = freshness(insight.confirmed_on, insight.retired_on, terms.confirm_months, today)
    return InsightLine(insight, standing)


def lines_for(
    agencies: Iterable[Organization], insights: QuerySet[Insight], asked: Asked, today: date
) -> list[InsightLine]:
    """The insights that fit, of each of the agencies by its own periods."""
    lines = []
    for agency in agencies:
        terms = terms_of(agency)
        rows = found(insights.filter(agency=agency), asked, terms, today)
        lines += [line_of(each, terms, today) for each in whole(rows)]
    return lines


@dataclass(frozen=True, slots=True)
class SegmentKnown:
    """A segment, the needs that insights name of it, and how many still hold."""

    segment: Segment
    shares: list[tuple[SegmentShare, float | None]]  # each with its participation
    needs: list[str]
    fresh: int
    stale: int


@implements("280.9-e4")
def segments_known(agency: Organization, terms: Terms, today: date) -> list[SegmentKnown]:
    """What is known of each of the agency's segments; retired insights tell nothing."""
    kept = Insight.objects.filter(retired_on__isnull=True)
    rows = Segment.objects.filter(agency=agency).prefetch_related(
        "shares__service__volumes", Prefetch("insights", kept)
    )
    known = []
    for each in rows:
        lines = [line_of(row, terms, today) for row in each.insights.all()]
        old = sum(line.standing is Freshness.STALE for line in lines)
        needs = list(dict.fromkeys(line.insight.need for line in lines if line.insight.need))
        shares = [(share, _participation(share)) for share in each.shares.all()]
        known.append(SegmentKnown(each, shares, needs, len(lines) - old, old))
    return known


def _participation(row: SegmentShare) -> float | None:
    """The share of the segment's eligible people who use the service, by its newest volume."""
    volumes = [
        Volume(
            each.fiscal_year,
            each.customers,
            each.source,
            Channel.of(each.channel) if each.channel else None,
        )
        for each in row.service.volumes.all()
    ]
    latest = latest_volume(volumes)
    if row.eligible is None or is_too_few(row.eligible, settings.CX280_SMALLEST_CELL):
        return None
    return participation_of(row.share, latest.customers if latest else None, row.eligible)


HEADER = (
    "insight", "need", "confidence", "segments", "services", "tags", "evidence", "written_on",
    "confirmed_on", "standing", "retired_because",
)  # fmt: skip


def as_document(line: InsightLine) -> dict[str, object]:
    """The insight for a program. Who wrote it stays here: that is personal."""
    row = line.insight
    return {
        "insight": row.sentence,
        "need": row.need,
        "confidence": row.confidence,
        "segments": [each.name for each in row.segments.all()],
        "services": [each.code for each in row.services.all()],
        "tags": [each.name for each in row.tags.all()],
        "evidence": [
            {"source": each.source, "words": each.words, "address": each.address}
            for each in row.evidence.all()
        ],
        "written_on": row.written_on,
        "confirmed_on": row.confirmed_on,
        "standing": line.standing.value,
        "retired_because": row.retired_because,
    }


def rows_for_file(lines: Iterable[InsightLine]) -> Iterator[tuple[object, ...]]:
    """A row for each insight; what there may be several of is joined by semicolons."""
    for line in lines:
        told = as_document(line)
        evidence = [each.words for each in line.insight.evidence.all()]
        yield tuple(
            "; ".join(evidence if name == "evidence" else map(str, value))
            if isinstance(value, list)
            else value
            for name, value in ((name, told[name]) for name in HEADER)
        )
