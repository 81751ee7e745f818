"""Reads: which version answers an address, what its page says, who answered and in which words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of, serving
from cx280.circular.implements import implements
from cx280.clearance.models import Collection
from cx280.clearance.queries import contact_findings
from cx280.clearance.rules import last_day
from cx280.responses.models import OfferCount, Response, UnitAlias
from cx280.responses.queries.burden import burden_of as burden_of
from cx280.responses.queries.burden import years_of as years_of
from cx280.responses.queries.urgent import concerns as concerns
from cx280.responses.queries.urgent import concerns_in_time as concerns_in_time
from cx280.responses.queries.urgent import concerns_to_mail as concerns_to_mail
from cx280.responses.queries.urgent import contact_of as contact_of
from cx280.responses.queries.urgent import handled_concerns as handled_concerns
from cx280.responses.queries.urgent import open_concerns as open_concerns
from cx280.responses.queries.urgent import told as told
from cx280.responses.queries.urgent import told_about as told_about
from cx280.responses.queries.urgent import waiting_concerns as waiting_concerns
from cx280.responses.rules.standing import Standing, standing
from cx280.responses.rules.statement import Statement
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.rules.document import SurveyDocument, read_document

# What a page and a stored answer need, and no more: the document is read once in a process, for
# it is frozen, and every column left out here is time saved on every view.
_NEEDED = (
    "number",
    "digest",
    "closed_at",
    "survey__code",
    "survey__title",
    "survey__state",
    "survey__channel",
    "survey__simulated",
    "survey__offers_contact",
    "survey__service__name",
    "survey__service__website",
    "survey__service__owner__name",
    "survey__service__owner__path",
    "survey__service__owner__time_zone",
    "survey__collection__state",
    "survey__collection__minutes",
    "survey__collection__clearance__control_number",
    "survey__collection__clearance__starts_on",
    "survey__collection__clearance__expires_on",
    "survey__collection__clearance__withdrawn_on",
    "survey__collection__clearance__permits_contact",
)


def _versions() -> QuerySet[SurveyVersion]:
    found = SurveyVersion.objects.select_related(
        "survey__service__owner", "survey__collection__clearance"
    )
    return found.only(*_NEEDED)


def latest_version(code: str) -> SurveyVersion | None:
    """The newest version of the survey at that address, open or closed; None if none ever was."""
    return _versions().filter(survey__code=code).order_by("-number").first()


def version_that_asked(version_id: int, code: str) -> SurveyVersion | None:
    """The version a page was made from, if it belongs to that survey."""
    return _versions().filter(pk=version_id, survey__code=code).order_by().first()


def version_of(survey: Survey, number: int) -> SurveyVersion:
    """The version of the survey with that number."""
    return _versions().get(survey=survey, number=number)


def document_of(version: SurveyVersion) -> SurveyDocument:
    """The version's document; read once in a process, for it never changes."""
    return document_by(version.pk, version.digest)


@lru_cache(maxsize=512)
def document_by(version_id: int, digest: str) -> SurveyDocument:
    """The document of the version with that id and digest, from memory after the first time."""
    raw = SurveyVersion.objects.values_list("document", flat=True).get(pk=version_id, digest=digest)
    return read_document(raw)


def owner_of(version: SurveyVersion) -> Organization:
    """The unit that owns the service the survey is about."""
    return version.survey.service.owner


def statement_of(survey: Survey, document: SurveyDocument, language: str = "en") -> Statement:
    """What the survey's page can say about who asks, why, how long it takes and by what right."""
    collection = survey.collection
    return Statement(
        agency=agency_of(survey.service.owner).name,
        service=document.service or survey.service.name,
        minutes=float(collection.minutes) if collection else None,
        control_number=collection.clearance.control_number if collection else "",
        expires_on=collection.clearance.expires_on if collection else None,
        website=survey.service.website,
        privacy_url=document.privacy_url,
    )


def covered_by(survey: Survey) -> tuple[date, date] | None:
    """The first and the last day of the approval the survey stands under; None without one."""
    collection = survey.collection
    if collection is None or collection.state != Collection.State.APPROVED:
        return None
    clearance = collection.clearance
    return clearance.starts_on, last_day(clearance.expires_on, clearance.withdrawn_on)


def standing_of(version: SurveyVersion) -> Standing:
    """Whether the survey's newest version may be answered today, where its owner is."""
    is_open = version.closed_at is None and version.survey.state == Survey.State.OPEN
    today = today_of(owner_of(version))
    return standing(is_open=is_open, covered=covered_by(version.survey), on=today)


def offers_contact(version: SurveyVersion) -> bool:
    """Whether who has answered may leave how to reach them: by choice of the survey, and only
    while its clearance allows it.
    """
    today = today_of(owner_of(version))
    return version.survey.offers_contact and not contact_findings(version.survey.collection, today)


def ended_at(version: SurveyVersion) -> datetime | None:
    """When the version stopped being asked: closed, or its clearance ran out; None if neither."""
    midnight = approval_ends(version)
    if version.closed_at is None or midnight is None:
        return version.closed_at or midnight
    return min(version.closed_at, midnight)


def approval_ends(version: SurveyVersion) -> datetime | None:
    """The moment after the last day of the approval to ask, where the owner is; None without."""
    covered = covered_by(version.survey)
    if covered is None:
        return None
    zone = ZoneInfo(owner_of(version).time_zone)
    return datetime.combine(covered[1] + timedelta(days=1), time(), tzinfo=zone)


def is_cleared(version: SurveyVersion) -> bool:
    """Whether the survey stands under a clearance."""
    return version.survey.collection_id is not None


def today_of(organization: Organization) -> date:
    """The day it is where the unit is."""
    return timezone.localdate(timezone=ZoneInfo(organization.time_zone))


def unit_for(owner: Organization, code: str) -> Organization | None:
    """The unit that serves for the owner with that code or alias; None when there is none.

    A unit that has ended is still found: what was answered about it stays about it.
    """
    if not code:
        return None
    within = Organization.objects.filter(serving(owner))
    unit = within.filter(code__in={code, code.lower()}).first()
    if unit is not None:
        return unit
    alias = UnitAlias.objects.filter(code=code, agency__path=root_path(owner)).first()
    return within.filter(pk=alias.unit_id).first() if alias else None


def place_of(survey_id: int, unit_id: int) -> tuple[str, str] | None:
    """The codes of a survey and of a unit it can be answered about; None where there are none."""
    survey = Survey.objects.select_related("service__owner").filter(pk=survey_id).first()
    unit = Organization.objects.filter(pk=unit_id).first() if survey else None
    if survey is None or unit is None or unit_for(survey.service.owner, unit.code) != unit:
        return None
    return survey.code, unit.code


def root_path(organization: Organization) -> str:
    """The path of the agency the unit belongs to."""
    return "/" + organization.path.split("/")[1] + "/"


def counted() -> Q:
    """The responses that count: those not set apart as a robot's."""
    return Q(suspected="")


def responses_of(survey: Survey, units: Iterable[int] | None = None) -> QuerySet[Response]:
    """The survey's responses, for these units alone when given."""
    found = Response.objects.filter(version__survey=survey)
    return found if units is None else found.filter(unit__in=list(units))


@dataclass(frozen=True, slots=True)
class Figures:
    """How many people answered, and how well the answers are coded by unit."""

    total: int  # that count
    coded: int  # of these, with a known unit
    unknown: int  # in quarantine
    apart: int  # set apart as a robot's
    last: date | None

    @property
    def coded_share(self) -> float | None:
        """The share of answers with a known unit, in [0, 1]; None without answers."""
        return self.coded / self.total if self.total else None


@implements("280.10-q1")
def figures_of(responses: QuerySet[Response]) -> Figures:
    """The figures of these responses; three short reads of indexes, however many there are."""
    everything = responses.aggregate(n=Count("*"), coded=Count("unit"), last=Max("day"))
    apart = responses.exclude(suspected="").aggregate(n=Count("*"), coded=Count("unit"))
    return Figures(
        total=everything["n"] - apart["n"],
        coded=everything["coded"] - apart["coded"],
        unknown=responses.exclude(unknown_unit="").count(),
        apart=apart["n"],
        last=everything["last"],
    )


def apart_by_reason(responses: QuerySet[Response]) -> list[dict[str, Any]]:
    """Each reason for which answers were set apart, with how many and the day of the last."""
    rows = responses.exclude(suspected="").values("suspected")
    return [dict(row) for row in rows.annotate(n=Count("*"), last=Max("day")).order_by("-n")]


def counts_by_day(responses: QuerySet[Response], since: date) -> list[tuple[date, int]]:
    """How many counted responses each day had, earliest first; a day without any is left out."""
    recent = responses.filter(day__gte=since)
    apart = dict(_by_day(recent.exclude(suspected="")))
    return [(day, n - apart.get(day, 0)) for day, n in _by_day(recent)]


def _by_day(responses: QuerySet[Response]) -> list[tuple[date, int]]:
    return list(responses.values_list("day").annotate(n=Count("*")).order_by("day"))


def quarantined(responses: QuerySet[Response]) -> list[dict[str, Any]]:
    """Each unknown unit code with its responses and the days of the first and the last."""
    rows = responses.exclude(unknown_unit="").values("unknown_unit")
    counted_rows = rows.annotate(n=Count("id"), last=Max("day")).order_by("-n", "unknown_unit")
    return [dict(row) for row in counted_rows]


def survey_rows(surveys: QuerySet[Survey], since: date) -> list[dict[str, Any]]:
    """Each survey that was ever open, with its answers since that day; the busiest first."""
    versions = dict(SurveyVersion.objects.filter(survey__in=surveys).values_list("pk", "survey_id"))
    recent = Response.objects.filter(version__in=list(versions), day__gte=since)
    counts: dict[int, list[int]] = {}
    for version, n, coded in recent.values_list("version").annotate(
        n=Count("*"), coded=Count("unit")
    ):
        total = counts.setdefault(versions[version], [0, 0])
        total[0] += n
        total[1] += coded
    waiting: dict[int, int] = {}
    unknown = Response.objects.filter(version__in=list(versions)).exclude(unknown_unit="")
    for version, n in unknown.values_list("version").annotate(n=Count("*")):
        waiting[versions[version]] = waiting.get(versions[version], 0) + n
    asked = surveys.filter(pk__in=set(versions.values())).select_related("service__owner")
    rows = [
        _survey_row(each, counts.get(each.pk, [0, 0]), waiting.get(each.pk, 0))
        for each in asked.defer("draft")
    ]
    return sorted(rows, key=lambda row: (-row["n"], row["survey"].title))


def _survey_row(survey: Survey, counts: list[int], waiting: int) -> dict[str, Any]:
    n, coded = counts
    return {
        "survey": survey,
        "n": n,
        "coded_share": coded / n if n else None,
        "waiting": waiting,
    }


def offers_of(survey: Survey, since: date) -> dict[str, int | None]:
    """offered and started since that day; None where nobody counted, which is not zero."""
    rows = OfferCount.objects.filter(version__survey=survey, day__gte=since)
    return dict(rows.aggregate(offered=Sum("offered"), started=Sum("started")))
