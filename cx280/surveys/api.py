"""/api/v1/surveys: read and write drafts, check documents, read what was asked."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import Body, Field, Path, Query, Router, Schema

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code, Slice, cut, page
from cx280.circular.edition import edition
from cx280.kernel.finding import errors
from cx280.pages.middleware import problem_document
from cx280.surveys import access, actions, models, queries, schemas
from cx280.surveys.checks import Context, Discussion, check
from cx280.surveys.problems import DraftMovedOn
from cx280.surveys.rules.document import read_document
from cx280.surveys.rules.minutes import minutes
from cx280.surveys.rules.paths import longest_path
from cx280.surveys.rules.vocabulary import DiscussionKind

router = Router(tags=["surveys"])
SEE, EDIT = Capability.SEE_SURVEYS, Capability.EDIT_SURVEYS


class About(Schema):
    """What is known around a document that belongs to no survey yet."""

    channel: str = Field("", max_length=30, description="Where the service is given.")
    discussed: list[Annotated[str, Field(max_length=30)]] = Field(
        [], max_length=10, description="What OMB agreed to, such as trust_wording."
    )


@router.get("/surveys", response=schemas.Surveys, auth=needs(SEE), operation_id="surveys",
            summary="The surveys you may see")  # fmt: skip
def surveys(request: HttpRequest, part: Query[Slice]) -> dict[str, object]:
    """By title."""
    found = access.surveys_where(asking_person(request), SEE)
    rows = cut(found.select_related("service").order_by("title", "code"), part)
    return page(part, found.count(), [_line(each) for each in queries.lines(rows)])


@router.post("/surveys/check", response=schemas.Checked, auth=needs(SEE),
             operation_id="check-survey", summary="Check a survey document")  # fmt: skip
def check_survey(
    request: HttpRequest, about: Query[About], document: Body[dict[str, Any]]
) -> dict[str, Any]:
    """What `cx280 check survey` says; nothing is stored."""
    asked = read_document(document)
    talks = tuple(Discussion(DiscussionKind.of(each), date.min) for each in about.discussed)
    context = Context(edition=edition(asked.edition), channel=about.channel, discussions=talks)
    findings = check(asked, context)
    return {
        "ok": not errors(findings),
        "edition": asked.edition,
        "questions": len(longest_path(asked)),
        "minutes": round(minutes(asked), 1),
        "findings": [each.as_dict() for each in findings],
    }


@router.get("/surveys/{code}/document", response=schemas.Draft, auth=needs(SEE),
            operation_id="survey-document", summary="The draft of a survey")  # fmt: skip
def document(request: HttpRequest, code: Path[Code]) -> dict[str, Any]:
    """The document being written; what people are asked now is its last version."""
    return _draft(access.survey_to_see(asking_person(request), code))


@router.put("/surveys/{code}/document", auth=needs(EDIT), operation_id="save-survey-document",
            response={200: schemas.Draft, 409: schemas.DraftStands},
            summary="Save the draft of a survey")  # fmt: skip
def save_document(
    request: HttpRequest, code: Path[Code], draft: schemas.DraftToSave
) -> dict[str, Any] | HttpResponse:
    """The draft as saved. 409, with what stands, when somebody saved since that revision."""
    person = asking_person(request)
    survey = access.survey_to_edit(person, code)
    written = read_document(draft.document, draft=True)
    edition(written.edition)  # one that nobody knows could not be shown again
    try:
        saved = actions.save_draft(survey, by=person, document=written, revision=draft.revision)
    except DraftMovedOn as problem:
        return _moved_on(problem, access.survey_to_see(person, code))
    return _draft(saved)


@router.get("/surveys/{code}/versions", response=schemas.Versions, auth=needs(SEE),
            operation_id="survey-versions", summary="What people were asked")  # fmt: skip
def versions(request: HttpRequest, code: Path[Code], part: Query[Slice]) -> dict[str, object]:
    """Every version that was opened, with its document and the findings of that day."""
    found = access.survey_to_see(asking_person(request), code).versions.order_by("number")
    return page(part, found.count(), [_version(each) for each in cut(found, part)])


def _moved_on(problem: DraftMovedOn, survey: models.Survey) -> JsonResponse:
    told = {
        **problem_document(problem),
        "title": "Somebody saved this draft since you read it; nothing of yours was saved.",
        "fix": "Take over what stands, change it, and send its revision.",
        "stands": _draft(survey),
    }
    return JsonResponse(told, status=problem.status, content_type="application/problem+json")


def _line(line: queries.Line) -> dict[str, Any]:
    survey = line.survey
    return {
        "code": survey.code,
        "title": survey.title,
        "service": survey.service.code,
        "channel": survey.channel,
        "state": survey.state,
        "questions": line.questions,
        "minutes": round(line.minutes, 1),
        "revision": survey.draft_revision,
        "saved_at": survey.draft_saved_at,
    }


def _draft(survey: models.Survey) -> dict[str, Any]:
    return {
        "survey": survey.code,
        "revision": survey.draft_revision,
        "saved_at": survey.draft_saved_at,
        "document": survey.draft,
    }


def _version(version: models.SurveyVersion) -> dict[str, Any]:
    return {
        "number": version.number,
        "digest": version.digest,
        "opened_at": version.opened_at,
        "closed_at": version.closed_at,
        "closed_because": version.closed_because,
        "findings": version.findings,
        "document": version.document,
    }
