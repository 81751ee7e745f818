"""Draws the content of a package from the measures, or reads it as it was signed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Max, Min, Q
from django.utils import timezone

from cx280.agencies.queries import agency_of
from cx280.circular.deadlines import quarter_due
from cx280.circular.edition import edition
from cx280.kernel.quarter import Quarter
from cx280.measures.models import DayCount, Fact, OfferFact
from cx280.reporting.models import Package, PackageVersion
from cx280.reporting.rules.caveats import caveats_of
from cx280.reporting.rules.changes import mark_changes
from cx280.reporting.rules.content import (
    VERSION,
    Content,
    Deadline,
    Indicator,
    Named,
    NamedService,
    NotApplicable,
    SurveyReport,
    read_content,
)
from cx280.reporting.rules.drawing import About, Fielded, Tally, report_survey
from cx280.reporting.rules.facts import Moment, PackageFacts
from cx280.reporting.rules.states import is_editable
from cx280.services.models import JourneyStep
from cx280.services.queries import has_human_role
from cx280.surveys.models import OmbDiscussion, Survey, SurveyVersion
from cx280.surveys.rules.document import read_document
from cx280.surveys.rules.vocabulary import DiscussionKind


def quarter_of(package: Package) -> Quarter:
    """The package's quarter."""
    return Quarter(package.fiscal_year, package.quarter)


def deadline_of(package: Package) -> Deadline:
    """When the package is due: the date that wins, and what the rule alone gives."""
    due = quarter_due(edition(package.edition), quarter_of(package))
    return Deadline(
        due=due.due,
        rule_date=due.rule_date,
        act_by=due.act_by,
        published=due.published,
        source=due.source,
    )


def content_of(package: Package) -> Content:
    """What the agency sees: drawn from the measures while it may change, else as signed."""
    if is_editable(package.state):
        return drawn_content(package)
    return read_content(latest_version(package).content)


def sent_content(package: Package) -> Content | None:
    """What OMB sees: the version sent last, or None before anything was sent."""
    version = sent_version(package)
    return read_content(version.content) if version else None


def latest_version(package: Package) -> PackageVersion:
    """The version signed last; the package has one once it left the draft."""
    return package.versions.select_related("certified_by").latest("number")


def sent_version(package: Package) -> PackageVersion | None:
    """The version sent to OMB last, or None."""
    sent = package.versions.filter(submitted_at__isnull=False).select_related("certified_by")
    return sent.order_by("number").last()


def previous_content(package: Package) -> Content | None:
    """Last quarter of the same service as it was signed last, or None."""
    before = quarter_of(package).previous
    found = (
        PackageVersion.objects.filter(
            package__service=package.service_id,
            package__fiscal_year=before.fiscal_year,
            package__quarter=before.number,
        )
        .order_by("number")
        .last()
    )
    return read_content(found.content) if found else None


def drawn_content(package: Package) -> Content:
    """The content with the figures as they stand now."""
    quarter = quarter_of(package)
    service = package.service
    agency = agency_of(service.owner)
    surveys = _surveys(package, quarter)
    content = Content(
        version=VERSION,
        edition=package.edition,
        agency=Named(code=agency.code, name=agency.name),
        hisp=Named(code=package.hisp.code, name=package.hisp.name),
        service=NamedService(
            code=service.code, name=service.name, service_type=service.service_type
        ),
        quarter=str(quarter),
        starts_on=quarter.first_day,
        ends_on=quarter.last_day,
        deadline=deadline_of(package),
        customers_served=package.customers_served,
        surveys=surveys,
        indicators=_indicators(package),
        not_applicable=_not_applicable(package),
        accomplishments=package.accomplishments,
        reflection=package.reflection,
        caveats=caveats_of(surveys),
        simulated=service.simulated,
    )
    return mark_changes(content, previous_content(package))


def facts_for(package: Package, today: date) -> PackageFacts:
    """What the checks must know besides the content."""
    quarter = quarter_of(package)
    agency = agency_of(package.service.owner)
    return PackageFacts(
        edition=edition(package.edition),
        today=today,
        submitted_on=timezone.localdate(package.submitted_at) if package.submitted_at else None,
        needs_people=has_human_role(package.service),
        moments=_moments(package, quarter),
        agency_site_agreed=OmbDiscussion.objects.filter(
            agency=agency,
            kind=DiscussionKind.AGENCY_SITE,
            outcome=OmbDiscussion.Outcome.AGREED,
        ).exists(),
    )


def versions_in(package: Package) -> list[SurveyVersion]:
    """The survey versions that asked for this report during the quarter, in order.

    Only surveys made for HISP reporting (`hisp_reporting` in the document) belong in it.
    """
    quarter = quarter_of(package)
    answered = Fact.objects.filter(
        service=package.service_id, starts_on=quarter.first_day, answered__gt=0
    ).values("version")
    found = (
        SurveyVersion.objects.filter(survey__service=package.service_id)
        .filter(Q(pk__in=answered) | _open_during(quarter))
        .select_related("survey__journey_step__journey", "survey__collection__clearance")
        .order_by("survey__title", "survey__code", "number")
    )
    return [each for each in found if each.document.get("hisp_reporting")]


def _open_during(quarter: Quarter) -> Q:
    return Q(opened_at__date__lte=quarter.last_day) & (
        Q(closed_at__isnull=True) | Q(closed_at__date__gte=quarter.first_day)
    )


def _surveys(package: Package, quarter: Quarter) -> list[SurveyReport]:
    versions = versions_in(package)
    by_survey: dict[int, list[SurveyVersion]] = {}
    for each in versions:
        by_survey.setdefault(each.survey_id, []).append(each)
    fielded = _fielded(versions, quarter)
    rules = edition(package.edition)
    return [
        report_survey(_about(same[-1].survey, package), [fielded[each.pk] for each in same], rules)
        for same in by_survey.values()
    ]


def _about(survey: Survey, package: Package) -> About:
    step = survey.journey_step
    clearance = survey.collection.clearance if survey.collection else None
    typed = package.survey_volumes.get(survey.code, {})
    return About(
        code=survey.code,
        title=survey.title,
        channel=survey.channel,
        transaction_point=step.name if step else "",
        journey=step.journey.name if step else "",
        is_moment=step.is_moment_that_matters if step else False,
        control_number=clearance.control_number if clearance else "",
        expires_on=clearance.expires_on if clearance else None,
        permits_release=clearance.permits_release if clearance else False,
        customers=typed.get("customers"),
        offered=typed.get("offered"),
    )


def _fielded(versions: list[SurveyVersion], quarter: Quarter) -> dict[int, Fielded]:
    """Each version with what was counted for all units and channels together."""
    ids = [each.pk for each in versions]
    everywhere = {"version__in": ids, "starts_on": quarter.first_day, "unit": None, "channel": ""}
    tallies: dict[int, dict[tuple[str, str], Tally]] = {each: {} for each in ids}
    for fact in Fact.objects.filter(**everywhere):
        tallies[fact.version_id][fact.question, fact.polarity] = Tally(
            fact.counts, fact.shown, fact.answered
        )
    offers = {each.version_id: each for each in OfferFact.objects.filter(**everywhere)}
    days = _days(ids, quarter)
    return {
        each.pk: Fielded(
            number=each.number,
            document=read_document(each.document),
            tallies=tallies[each.pk],
            respondents=_respondents(tallies[each.pk]),
            offered=offers[each.pk].offered if each.pk in offers else None,
            first_day=days.get(each.pk, (None, None))[0],
            last_day=days.get(each.pk, (None, None))[1],
        )
        for each in versions
    }


def _respondents(tallies: dict[tuple[str, str], Tally]) -> int:
    whole = tallies.get(("", ""))
    return whole.answered if whole else 0


def _days(ids: Iterable[int], quarter: Quarter) -> dict[int, tuple[date | None, date | None]]:
    """The first and the last day with an answer, both included, by version."""
    rows = (
        DayCount.objects.filter(
            version__in=ids, day__range=(quarter.first_day, quarter.last_day), completed__gt=0
        )
        .values("version")
        .annotate(first=Min("day"), last=Max("day"))
        .order_by()
    )
    return {row["version"]: (row["first"], row["last"]) for row in rows}


def _indicators(package: Package) -> list[Indicator]:
    return [
        Indicator(
            name=each.name,
            unit=each.unit,
            direction=each.direction,
            target=each.target,
            value=each.value,
            numerator=each.numerator,
            denominator=each.denominator,
        )
        for each in package.indicators.all()
    ]


def _not_applicable(package: Package) -> list[NotApplicable]:
    return [
        NotApplicable(driver=driver, reason=said["reason"], approver=said.get("approver", ""))
        for driver, said in sorted(package.not_applicable.items())
    ]


def _moments(package: Package, quarter: Quarter) -> tuple[Moment, ...]:
    """The service's moments that matter with the surveys that were open on them."""
    steps = JourneyStep.objects.filter(
        journey__service=package.service_id, is_moment_that_matters=True
    ).order_by("journey__name", "position")
    asked: dict[int, set[int]] = {}
    for step, survey in (
        SurveyVersion.objects.filter(_open_during(quarter), survey__journey_step__in=steps)
        .values_list("survey__journey_step", "survey")
    ):  # fmt: skip
        asked.setdefault(step, set()).add(survey)
    return tuple(Moment(name=each.name, surveys=len(asked.get(each.pk, ()))) for each in steps)
