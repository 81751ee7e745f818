"""/api/v1/quarters: what services report, for programs of the agency and of OMB."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Number, QuarterWritten, Slice, cut, page
from cx280.kernel.problem import NotFound
from cx280.kernel.quarter import Quarter
from cx280.reporting import access, actions, models, queries, schemas
from cx280.reporting.queries import ReviewLine
from cx280.reporting.rules.content import as_json

router = Router(tags=["quarters"])
SEE, SUBMIT = Capability.SEE_QUARTERS, Capability.SUBMIT_QUARTERS
REVIEW = Capability.REVIEW_QUARTERS
_STATES = {each.label: each.value for each in models.Package.State}


@router.get("/quarters", response=schemas.Packages, auth=needs(SEE), operation_id="quarters",
            summary="The quarters you may see")  # fmt: skip
def quarters(
    request: HttpRequest, part: Query[Slice], quarter: QuarterWritten | None = None
) -> dict[str, object]:
    """One package for each designated service and quarter; OMB sees what was sent."""
    person = asking_person(request)
    found = access.packages_where(person, SEE)
    if quarter:
        found = queries.in_quarter(found, Quarter.parse(quarter))
    rows = cut(found, part)
    return page(part, found.count(), [_line(person, each) for each in rows])


@router.get("/quarters/{pk}", response=schemas.Package, auth=needs(SEE), operation_id="quarter",
            summary="One service's quarter, whole")  # fmt: skip
def quarter(request: HttpRequest, pk: Path[Number]) -> dict[str, Any]:
    """The content of the package; drawn from the measures until it is signed."""
    person = asking_person(request)
    package = access.package_to_see(person, pk)
    drafts = access.sees_drafts(person, package)
    content = queries.content_of(package) if drafts else queries.sent_content(package)
    if content is None:
        raise NotFound("There is no such quarter, or it was not sent yet.")
    return {**_line(person, package), "content": as_json(content)}


@router.post("/quarters/{pk}/submit", response=schemas.PackageLine,
             auth=needs(SUBMIT), operation_id="submit-quarter",
             summary="Send a signed quarter to OMB")  # fmt: skip
def submit_quarter(request: HttpRequest, pk: Path[Number]) -> dict[str, Any]:
    """The quarter as sent. 409 when it is not signed, or was sent already."""
    person = asking_person(request)
    package = access.package_to(person, SUBMIT, pk)
    return _line(person, actions.submit(package, by=person))


@router.post("/quarters/{pk}/accept", response=schemas.PackageLine,
             auth=needs(REVIEW), operation_id="accept-quarter",
             summary="Accept a quarter that was sent")  # fmt: skip
def accept_quarter(
    request: HttpRequest, pk: Path[Number], said: schemas.Accepting
) -> dict[str, Any]:
    """The quarter as OMB took it. 409 when it is not waiting for a review."""
    person = asking_person(request)
    review = actions.accept(access.package_to(person, REVIEW, pk), by=person, comment=said.comment)
    return _line(person, review.version.package)


@router.post("/quarters/{pk}/return", response=schemas.PackageLine,
             auth=needs(REVIEW), operation_id="return-quarter",
             summary="Give a quarter back to the agency")  # fmt: skip
def return_quarter(
    request: HttpRequest, pk: Path[Number], said: schemas.Returning
) -> dict[str, Any]:
    """The quarter with what has to change. 409 when OMB does not hold it, or it was published."""
    person = asking_person(request)
    package = access.package_to(person, REVIEW, pk)
    review = actions.return_to_agency(package, comment=said.comment, by=person)
    return _line(person, review.version.package)


def _line(person: Person, package: models.Package) -> dict[str, Any]:
    of = queries.quarter_of(package)
    return {
        "id": package.pk,
        "service": package.service.code,
        "service_name": package.service.name,
        "provider": package.hisp.code,
        "quarter": str(of),
        "state": _state(person, package),
        "due": queries.due_of(of).due,
        "submitted_on": queries.submitted_on(package),
    }


def _state(person: Person, package: models.Package) -> str:
    """The state; OMB never learns what an agency does with a quarter before it is sent again."""
    if access.sees_drafts(person, package):
        return package.state
    today = timezone.localdate()
    line = ReviewLine(package.service, package, queries.standing_of(package, today), None, None)
    return _STATES[line.state]
