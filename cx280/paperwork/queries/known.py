"""Gathers what cx280 knows around a request: the clearance, the survey, its plan, its answers."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.clearance.models import Clearance, Collection
from cx280.clearance.queries import ceiling_of, line_of
from cx280.clearance.rules.force import last_day
from cx280.delivery.queries.plans import plan_in_force
from cx280.delivery.queries.sizes import usual_size
from cx280.delivery.rules.wording import how
from cx280.paperwork.models import Request, Study
from cx280.paperwork.rules import expected
from cx280.paperwork.rules.known import Known, KnownClearance, KnownStudy, KnownSurvey
from cx280.paperwork.rules.states import WITH_OMB
from cx280.paperwork.rules.vocabulary import Activity
from cx280.paperwork.rules.wording import day
from cx280.responses.models import Response
from cx280.responses.queries import counted
from cx280.services.models import Service
from cx280.services.rules.vocabulary import CustomerType
from cx280.surveys.checks import check
from cx280.surveys.models import Survey
from cx280.surveys.queries import context_for, draft_of
from cx280.surveys.queries.standing import FEWEST_TIMED, measured_seconds
from cx280.surveys.rules.minutes import minutes
from cx280.surveys.rules.vocabulary import Placement

# A pace is told from this many days; fewer say nothing about a year.
_LOOK_BACK = 90
_FEWEST_DAYS = 28


def known_of(request: Request, on: date) -> Known:
    """What is known around the request on a day; its own part of the ledger is left out."""
    return known_around(
        request.clearance, request.survey, request.study, request.created_by, on, request
    )


def known_around(
    clearance: Clearance,
    survey: Survey | None,
    study: Study | None,
    by: Person | None,
    on: date,
    request: Request | None = None,
) -> Known:
    """The same before there is a request."""
    about = survey or study
    service = survey.service if survey else study.service if study else None
    unit = survey.service.owner if survey else study.organization if study else None
    agency = agency_of(unit or clearance.organization)
    return Known(
        agency=agency.name,
        unit=unit.name if unit else agency.name,
        service=service.name if service else "",
        about=about.title if about else "",
        clearance=_clearance(clearance, request),
        preparer_name=by.name if by else "",
        preparer_email=by.email if by else "",
        is_designated=service is not None and _is_designated(service),
        survey=_survey(survey, clearance, on) if survey else None,
        study=_study(study) if study else None,
    )


def _is_designated(service: Service) -> bool:
    return service.designations.filter(concurred_on__isnull=False, ended_on__isnull=True).exists()


def _clearance(clearance: Clearance, request: Request | None) -> KnownClearance:
    """Its ledger as this request meets it: approved, and asked for by what OMB has before it."""
    waiting = Request.objects.filter(clearance=clearance, state__in=WITH_OMB)
    taken = {each.collection_id for each in waiting}
    lines = [
        line_of(each)
        for each in clearance.collections.all()
        if (each.state != Collection.State.DRAFT or each.pk in taken)
        and (request is None or each.pk != request.collection_id)
    ]
    return KnownClearance(
        clearance.control_number,
        clearance.title,
        clearance.starts_on,
        clearance.expires_on,
        clearance.withdrawn_on,
        ceiling_of(clearance),
        lines,
    )


def _survey(survey: Survey, clearance: Clearance, on: date) -> KnownSurvey:
    document = draft_of(survey)
    taken = measured_seconds(survey)
    is_measured = len(taken) >= FEWEST_TIMED
    number, words = _expected(survey, clearance, on)
    return KnownSurvey(
        document=document,
        findings=check(document, context_for(survey, on)),
        estimated_minutes=minutes(document),
        measured_minutes=median(taken) / 60 if is_measured else None,
        measured_n=len(taken),
        plan=_plan(survey, document.placement),
        expected=number,
        expected_how=words,
    )


def _plan(survey: Survey, placement: Placement) -> str:
    plan = plan_in_force(survey)
    if plan is not None:
        return how(plan.as_rule)
    if placement is Placement.MESSAGE:
        return ""
    return "Nobody is selected: everybody who meets the survey may answer it."


def _expected(survey: Survey, clearance: Clearance, on: date) -> tuple[int | None, str]:
    until = last_day(clearance.expires_on, clearance.withdrawn_on)
    left = (until - max(on, clearance.starts_on)).days + 1
    if left <= 0:
        return None, ""
    since = on - timedelta(days=_LOOK_BACK)
    answers = Response.objects.filter(
        counted(), version__survey=survey, day__gte=since, day__lt=on
    ).exclude(customer_type=CustomerType.FEDERAL_EMPLOYEE)
    first = answers.order_by("day").values_list("day", flat=True).first()
    if first is not None and (on - first).days >= _FEWEST_DAYS:
        return expected.by_pace(answers.count(), (on - first).days, left, until)
    return _by_plan(survey, left, until)


def _by_plan(survey: Survey, left: int, until: date) -> tuple[int | None, str]:
    volume = survey.service.volumes.filter(channel="").order_by("-fiscal_year").first()
    if volume is None:
        return None, ""
    plan = plan_in_force(survey)
    rate = float(plan.rate) if plan else 1.0
    answering = float(usual_size(survey, 0)["response_rate"])
    return expected.by_plan(volume.customers, volume.fiscal_year, rate, answering, left, until)


def _study(study: Study) -> KnownStudy:
    return KnownStudy(
        activity=Activity.of(study.kind),
        purpose=study.purpose,
        planned=study.planned,
        minutes=study.minutes,
        when=f"From {day(study.starts_on)} to {day(study.ends_on)}.",
        who=study.who,
        script=study.script,
    )
