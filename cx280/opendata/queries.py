"""What is published: standing releases, and reports of earlier quarters published elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.opendata.rules.published import Published, Source, figures_of
from cx280.opendata.rules.reported import AskedThen, SurveyThen, reported_quarter
from cx280.reporting.models import Release, ReportedQuestion, ReportedRow
from cx280.reporting.rules.content import Content, Named, NamedService, read_content

ELSEWHERE = "Published earlier on performance.gov"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which quarters to read; what is None is not asked for. Codes, not names."""

    quarter: Quarter | None = None
    service: str | None = None
    provider: str | None = None
    constructs: tuple[str, ...] = ()  # of earlier reports; empty means all

    def where(self) -> Q:
        """The condition on releases and on reported rows alike."""
        found = Q()
        if self.quarter is not None:
            found &= Q(fiscal_year=self.quarter.fiscal_year, quarter=self.quarter.number)
        if self.service is not None:
            found &= Q(service__code=self.service)
        if self.provider is not None:
            found &= Q(hisp__code=self.provider)
        return found


EVERYTHING = Wanted()


@implements("280.16-a6", "280.8-b9")
def published(wanted: Wanted = EVERYTHING) -> list[Published]:
    """Every quarter the public may read, oldest first; a replaced release is not among them.

    A release of a quarter stands before an earlier report of the same service and quarter.
    """
    found = [*_released(wanted), *_reported(wanted)]
    return sorted(found, key=lambda each: (each.quarter, each.content.service.name))


def standing() -> QuerySet[Release]:
    """The releases that no correction replaced, latest first."""
    return Release.objects.filter(replaced_by__isnull=True).order_by("-number")


def releases(wanted: Wanted = EVERYTHING) -> QuerySet[Release]:
    """All releases with what replaced them, latest first, without their contents."""
    return (
        Release.objects.filter(wanted.where())
        .select_related("service", "hisp", "replaces", "replaced_by")
        .defer("content", "replaces__content", "replaced_by__content")
        .order_by("-number")
    )


def quarter_of_release(release: Release) -> Published:
    """The quarter a release tells of; the release may have been replaced."""
    return Published(read_content(release.content), _source(release))


@dataclass(frozen=True, slots=True)
class QuarterSum:
    """How much is published of a quarter."""

    quarter: Quarter
    services: int
    measures: int
    releases: int

    @property
    def csv_address(self) -> str:
        """Where all its measures are as CSV."""
        return f"{reverse('opendata:v1:measures-csv')}?quarter={self.written}"

    @property
    def json_address(self) -> str:
        """Where its measures are as JSON."""
        return f"{reverse('opendata:v1:measures')}?quarter={self.written}"

    @property
    def written(self) -> str:
        """The quarter as addresses have it: FY2022-Q2."""
        return str(self.quarter).replace(" ", "-")


def by_quarter(reports: Iterable[Published]) -> list[QuarterSum]:
    """The quarters, latest first, each with how much there is."""
    grouped: dict[Quarter, list[Published]] = {}
    for each in reports:
        grouped.setdefault(each.quarter, []).append(each)
    return [
        QuarterSum(
            quarter,
            services=len(same),
            measures=sum(1 for each in same for _ in figures_of(each)),
            releases=sum(each.source.release is not None for each in same),
        )
        for quarter, same in sorted(grouped.items(), reverse=True)
    ]


class _Contents:
    """Contents that were read once: a release never changes, so neither does what it says."""

    most = 5000

    def __init__(self) -> None:
        self._read: dict[str, Content] = {}

    def of(self, releases: Sequence[Release]) -> dict[str, Content]:
        """The contents by digest; those not read before in one query."""
        known = {each.digest: self._read[each.digest] for each in releases
                 if each.digest in self._read}  # fmt: skip
        missing = [each.pk for each in releases if each.digest not in known]
        if missing:
            rows = Release.objects.filter(pk__in=missing).values_list("digest", "content")
            read = {digest: read_content(raw) for digest, raw in rows}
            known |= read
            if len(self._read) + len(read) > self.most:
                self._read.clear()
            self._read |= read
        return known


_contents = _Contents()


def _released(wanted: Wanted) -> Iterable[Published]:
    found = list(standing().filter(wanted.where()).defer("content"))
    contents = _contents.of(found)
    return [Published(contents[each.digest], _source(each)) for each in found]


def _source(release: Release) -> Source:
    return Source(
        release.number, f"Release {release.number}", timezone.localdate(release.published_at)
    )


def _reported(wanted: Wanted) -> Iterable[Published]:
    replaced = set(standing().values_list("service_id", "fiscal_year", "quarter"))
    by_place: dict[tuple[int, int, int], list[ReportedRow]] = {}
    for row in _earlier_rows(wanted):
        place = (row.service_id, row.fiscal_year, row.quarter)
        if place not in replaced:
            by_place.setdefault(place, []).append(row)
    return [_as_published(rows) for rows in by_place.values()]


def _earlier_rows(wanted: Wanted) -> QuerySet[ReportedRow]:
    asked = ReportedQuestion.objects.order_by("position")
    if wanted.constructs:
        asked = asked.filter(construct__in=wanted.constructs)
    return (
        ReportedRow.objects.filter(wanted.where(), release=None)
        .select_related("hisp__organization", "service")
        .prefetch_related(Prefetch("questions", queryset=asked))
        .defer("raw", "findings")
        .order_by("pk")
    )


def _as_published(rows: list[ReportedRow]) -> Published:
    row = rows[0]
    agency = row.hisp.organization
    content = reported_quarter(
        agency=Named(code=agency.code, name=agency.name),
        hisp=Named(code=row.hisp.code, name=row.hisp.name),
        service=NamedService(
            code=row.service.code, name=row.service.name, service_type=row.service.service_type
        ),
        quarter=Quarter(row.fiscal_year, row.quarter),
        surveys=[_survey_then(each) for each in rows],
        smallest=settings.CX280_SMALLEST_CELL,
    )
    return Published(content, Source(None, ELSEWHERE, None))


def _survey_then(row: ReportedRow) -> SurveyThen:
    return SurveyThen(
        code=row.source_id,
        title=row.service_provided or row.transaction_point or row.service.name,
        transaction_point=row.transaction_point,
        channel=row.channel,
        control_number=row.control_number,
        customers=row.customers,
        offered=row.offered,
        respondents=row.respondents,
        questions=[
            AskedThen(
                position=each.position,
                text=each.text,
                construct=each.construct,
                statement=each.statement,
                wording=each.wording,
                scale=each.scale,
                comparable=each.comparable,
                counts=each.counts,
                mean=each.mean,
            )
            for each in row.questions.all()
        ],
    )
