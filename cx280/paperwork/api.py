"""Requests to OMB, studies, and what services take of people, over the API."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Status

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code, Number, Slice
from cx280.clearance.access import clearance_to_see
from cx280.kernel.problem import Unusable
from cx280.paperwork import access, schemas
from cx280.paperwork.actions.requests import save_answers, start_request
from cx280.paperwork.actions.steps import take_step
from cx280.paperwork.models import Request
from cx280.paperwork.queries.burdens import burden_of
from cx280.paperwork.queries.standing import standing_of
from cx280.paperwork.queries.studies import StudyLine, study_lines
from cx280.paperwork.rules.answers import read_answers
from cx280.paperwork.rules.burden import CENT, hours_of, respondents_of
from cx280.paperwork.rules.states import Step
from cx280.services.access import service_to_see
from cx280.surveys.access import survey_to_edit

router = Router(tags=["paperwork"])
SEE, EDIT, DECIDE = (
    Capability.SEE_CLEARANCE,
    Capability.EDIT_SURVEYS,
    Capability.EDIT_CLEARANCE,
)


@router.get("/requests", response=schemas.RequestsTold, auth=needs(SEE),
            operation_id="requests", summary="Requests to OMB")  # fmt: skip
def requests(request: HttpRequest, part: Query[Slice]) -> dict[str, Any]:
    """Those of your units, the ones changed last first."""
    found = access.requests_to_see(asking_person(request))
    items = [_told(each) for each in found[part.offset : part.offset + part.limit]]
    return {**part.dict(), "count": found.count(), "items": items}


@router.post("/requests", response={201: schemas.RequestWhole}, auth=needs(EDIT),
             operation_id="start-request", summary="Start a request to OMB")  # fmt: skip
def start(request: HttpRequest, body: schemas.RequestToStart) -> Status[dict[str, Any]]:
    """A draft, filled in as far as cx280 knows. 409 while another one is under way."""
    person = asking_person(request)
    if (body.survey is None) == (body.study is None):
        raise Unusable("Name a survey or a study, and not both.", field="survey")
    clearance = clearance_to_see(person, body.clearance)
    made = start_request(
        clearance,
        by=person,
        on=timezone.localdate(),
        survey=survey_to_edit(person, body.survey) if body.survey else None,
        study=access.study_to_edit(person, body.study) if body.study else None,
    )
    return Status(201, _whole(made))


@router.get("/requests/{number}", response=schemas.RequestWhole, auth=needs(SEE),
            operation_id="request", summary="One request to OMB")  # fmt: skip
def one(request: HttpRequest, number: Path[Number]) -> dict[str, Any]:
    """Its answers, what the checks say to them, and its history."""
    return _whole(access.request_to_see(asking_person(request), number))


@router.put("/requests/{number}/answers", response=schemas.RequestWhole, auth=needs(EDIT),
            operation_id="save-request", summary="Write a request to OMB")  # fmt: skip
def write(
    request: HttpRequest, number: Path[Number], body: schemas.AnswersToKeep
) -> dict[str, Any]:
    """The draft with these answers, complete or not."""
    person = asking_person(request)
    found = access.request_to_edit(person, number)
    answers = read_answers(body.answers)
    return _whole(save_answers(found, by=person, answers=answers, revision=body.revision))


@router.post("/requests/{number}/steps", response=schemas.RequestWhole, auth=needs(DECIDE),
             operation_id="step-request", summary="Move a request to OMB")  # fmt: skip
def step(request: HttpRequest, number: Path[Number], body: schemas.StepToTake) -> dict[str, Any]:
    """One step further. 409 with the rule when it may not go, such as over the ceiling."""
    person = asking_person(request)
    found = access.request_to_decide(person, number)
    moved = take_step(
        found,
        Step.of(body.step),
        by=person,
        on=body.on,
        note=body.note,
        today=timezone.localdate(),
    )
    return _whole(moved)


@router.get("/studies", response=schemas.StudiesTold, auth=needs(SEE),
            operation_id="studies", summary="Studies with customers")  # fmt: skip
def studies(request: HttpRequest, part: Query[Slice]) -> dict[str, Any]:
    """Research and usability tests of your units, newest first."""
    found = access.studies_to_see(asking_person(request)).prefetch_related("findings")
    lines = study_lines(found[part.offset : part.offset + part.limit])
    return {**part.dict(), "count": found.count(), "items": [_study_told(each) for each in lines]}


@router.get("/services/{code}/burden", response=schemas.BurdenTold,
            auth=needs(Capability.SEE_SERVICES), operation_id="service-burden",
            summary="What a service takes of people")  # fmt: skip
def burden(request: HttpRequest, code: Path[Code]) -> dict[str, Any]:
    """By segment, with what rests on too few people left out; and before and after of changes."""
    service = service_to_see(asking_person(request), code)
    found = burden_of(service, timezone.localdate(), settings.CX280_SMALLEST_CELL)
    names = schemas.SegmentTold.model_fields
    return {
        "segments": [{name: getattr(each, name) for name in names} for each in found.segments[:-1]],
        "changes": [
            {
                "title": each.change.title,
                "changed_on": each.change.changed_on,
                "hours": each.hours,
                "dollars": each.dollars,
            }
            for each in found.spared
        ],
    }


def _told(found: Request) -> dict[str, Any]:
    burden = read_answers(found.answers).burden
    return {
        "number": found.pk,
        "title": found.title,
        "state": found.state,
        "control_number": found.clearance.control_number,
        "survey": found.survey.code if found.survey else None,
        "study": found.study_id,
        "respondents": respondents_of(burden),
        "hours": hours_of(burden).quantize(CENT),
        "decided_on": found.decided_on,
        "conditions": found.conditions,
    }


def _whole(found: Request) -> dict[str, Any]:
    standing = standing_of(found, timezone.localdate())
    return {
        **_told(found),
        "revision": found.revision,
        "answers": found.answers,
        "findings": [each.as_dict() for each in standing.findings],
        "may_sign": standing.may_sign,
        "history": [
            {name: getattr(each, name) for name in schemas.StepTold.model_fields}
            for each in found.steps.all()
        ],
    }


def _study_told(line: StudyLine) -> dict[str, Any]:
    study = line.study
    names = ("title", "kind", "starts_on", "ends_on", "planned", "minutes", "took_part")
    under = study.collection
    return {
        "number": study.pk,
        **{name: getattr(study, name) for name in names},
        "employees": study.employees,
        "control_number": under.clearance.control_number if under else None,
        "open_findings": line.open_findings,
    }
