"""An agency's contact rules over the API."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Path, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code
from cx280.delivery import access
from cx280.delivery.actions.plans import save_rules
from cx280.delivery.api import schemas
from cx280.delivery.queries.plans import rules_of
from cx280.delivery.rules.contacts import ContactRules

router = Router()
SEE, EDIT = Capability.SEE_SURVEYS, Capability.EDIT_SURVEYS


@router.get("/agencies/{code}/contact-rules", response=schemas.ContactRulesKept, auth=needs(SEE),
            operation_id="contact-rules", summary="How often one person may be asked")  # fmt: skip
def rules(request: HttpRequest, code: Path[Code]) -> ContactRules:
    """The agency's rules; the usual ones until it decides."""
    return rules_of(access.agency_to_see(asking_person(request), code))


@router.put("/agencies/{code}/contact-rules", response=schemas.ContactRulesKept, auth=needs(EDIT),
            operation_id="save-contact-rules", summary="Change the contact rules")  # fmt: skip
def change(request: HttpRequest, code: Path[Code], body: schemas.ContactRulesKept) -> ContactRules:
    """The rules as saved; they hold for every survey of the agency."""
    person = asking_person(request)
    agency = access.agency_to_change(person, code)
    return save_rules(agency, by=person, rules=ContactRules(**body.dict())).as_rule
