"""Builders of requests: each makes one valid thing with a default for everything."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.clearance.models import Clearance
from cx280.paperwork.actions.requests import save_answers, start_request
from cx280.paperwork.actions.steps import take_step
from cx280.paperwork.models import Request, Study
from cx280.paperwork.rules.answers import Answers, read_answers
from cx280.paperwork.rules.burden import BurdenRow
from cx280.paperwork.rules.states import Step
from cx280.paperwork.rules.vocabulary import Category, Certification, YesNo
from cx280.surveys.models import Survey
from tests.builders import a_clearance, a_person, a_survey

ALL_YES = {each.value: YesNo.YES for each in Certification}


def a_lead(clearance: Clearance) -> Person:
    """Who keeps the clearance."""
    return a_person(Role.CX_LEAD, agency_of(clearance.organization))


def a_request(
    survey: Survey | None = None,
    clearance: Clearance | None = None,
    by: Person | None = None,
    **answers: Any,
) -> Request:
    """A draft about a survey, complete: nothing keeps it from being signed."""
    survey = survey or a_survey(collection=None)
    clearance = clearance or a_clearance(agency_of(survey.service.owner))
    lead = by or a_lead(clearance)
    request = start_request(clearance, by=lead, on=timezone.localdate(), survey=survey)
    return filled(request, lead, **answers)


def filled(request: Request, by: Person, **answers: Any) -> Request:
    """The draft with everything answered that cx280 cannot know."""
    complete: dict[str, Any] = {
        "selection": "Everybody who finishes an application.",
        "burden": [BurdenRow(Category.INDIVIDUALS, 2000, Decimal(2))],
        "burden_basis": "Applications of last year.",
        "federal_cost": Decimal(1200),
        "certifications": ALL_YES,
        "materials": "Questions and tasks, one after the other.",
        "ways": ["in_person"] if request.study else read_answers(request.answers).ways,
        "asked": "On the last page.",
        "looks": "One page.",
        **answers,
    }
    given = msgspec.structs.replace(read_answers(request.answers), **complete)
    return save_answers(request, by=by, answers=given, revision=request.revision)


def stepped(request: Request, *steps: Step, by: Person | None = None, note: str = "") -> Request:
    """The request after these steps, all of today."""
    person, today = by or a_lead(request.clearance), timezone.localdate()
    for each in steps:
        request = take_step(
            request, each, by=person, on=today, note=note or "As OMB wrote.", today=today
        )
    return request


def an_approved_request(**fields: Any) -> Request:
    """A request that OMB approved today."""
    return stepped(a_request(**fields), Step.SIGN, Step.SEND, Step.APPROVE)


def a_study(clearance: Clearance, **fields: Any) -> Study:
    """Twelve interviews of half an hour, next week."""
    start: date = timezone.localdate() + timedelta(days=7)
    return Study.objects.create(
        **{
            "organization": clearance.organization,
            "kind": "customer_research",
            "title": "Why people give up",
            "purpose": "To learn where the form loses people.",
            "who": "People who began a form and did not send it.",
            "script": "1. Tell me about the last time you applied.",
            "starts_on": start,
            "ends_on": start + timedelta(days=5),
            "planned": 12,
            "minutes": Decimal(30),
            **fields,
        }
    )


def answers_of(request: Request) -> Answers:
    """What the request says."""
    return read_answers(request.answers)
