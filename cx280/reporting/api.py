"""/api/v1/quarters: a quarter's packages, the content of one, and sending it to OMB."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound
from cx280.kernel.quarter import Quarter
from cx280.reporting import access, actions, queries
from cx280.reporting.models import Package
from cx280.reporting.rules.content import as_json

router = Router(tags=["quarters"])


class PackageLine(Schema):
    """A service's quarter: `state` is draft, certified, submitted, returned, accepted, published.

    For OMB, what an agency works at again is `returned`.
    """

    id: int
    service: str
    hisp: str
    quarter: str
    state: str
    submitted_at: datetime | None


@router.get("/quarters/{quarter}", response=list[PackageLine], auth=needs(Capability.SEE_QUARTERS))
def packages(request: HttpRequest, quarter: str) -> list[PackageLine]:
    """The packages of a quarter, written like `FY2022-Q1`, that the person asking may see."""
    person = asking_person(request)
    seen = access.packages_where(person, Capability.SEE_QUARTERS)
    found = queries.in_quarter(seen, Quarter.parse(quarter))
    return [_line(each, inside=access.sees_drafts(person, each)) for each in found]


@router.get("/packages/{package_id}", auth=needs(Capability.SEE_QUARTERS))
def package(request: HttpRequest, package_id: int) -> dict[str, Any]:
    """The content of a package, whole: for the agency as it stands, for OMB as it was sent."""
    person = asking_person(request)
    found = access.package_to_see(person, package_id)
    inside = access.sees_drafts(person, found)
    content = queries.content_of(found) if inside else queries.sent_content(found)
    if content is None:
        raise NotFound("There is no such quarter, or it was not sent yet.")
    return as_json(content)


@router.post(
    "/packages/{package_id}/submit",
    response=PackageLine,
    auth=needs(Capability.SUBMIT_QUARTERS),
)
def submit(request: HttpRequest, package_id: int) -> PackageLine:
    """Sends a signed package to OMB."""
    person = asking_person(request)
    found = access.package_to(person, Capability.SUBMIT_QUARTERS, package_id)
    return _line(actions.submit(found, by=person), inside=True)


def _line(package: Package, *, inside: bool) -> PackageLine:
    at_work = package.state in {Package.State.DRAFT, Package.State.CERTIFIED}
    return PackageLine(
        id=package.pk,
        service=package.service.code,
        hisp=package.hisp.code,
        quarter=str(queries.quarter_of(package)),
        state=package.state if inside or not at_work else Package.State.RETURNED,
        submitted_at=package.submitted_at,
    )
