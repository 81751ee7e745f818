"""/api/v1/designations: the services put forward, year by year."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import cut, page
from cx280.designation import access, schemas
from cx280.designation.models import Proposal
from cx280.designation.queries.proposals import content_to_see, due_of

router = Router(tags=["designations"])


@router.get("/designations", response=schemas.DesignatedProposals,
            auth=needs(Capability.SEE_SERVICES), operation_id="designations",
            summary="The services providers put forward")  # fmt: skip
def designations(
    request: HttpRequest, asked: Query[schemas.DesignationsAsked]
) -> dict[str, object]:
    """Those of your providers; who sees all agencies reads what was signed."""
    person = asking_person(request)
    rows = access.proposals_to_see(person).select_related("hisp__organization")
    if asked.fiscal_year is not None:
        rows = rows.filter(fiscal_year=asked.fiscal_year)
    if asked.provider:
        rows = rows.filter(hisp__code=asked.provider)
    signed_only = access.sees_all(person)
    items = [_told(each, signed_only=signed_only) for each in cut(rows, asked)]
    return page(asked, rows.count(), items)


def _told(each: Proposal, *, signed_only: bool) -> dict[str, Any]:
    return {
        "provider": each.hisp.code,
        "fiscal_year": each.fiscal_year,
        "stage": each.stage,
        "due": due_of(each.fiscal_year),
        "signed_on": each.signed_on,
        "returned_on": each.returned_on,
        "concurred_on": each.concurred_on,
        "proposal": content_to_see(each, signed_only=signed_only),
    }
