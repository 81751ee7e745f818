"""Measurement plans over the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code
from cx280.services.models import Service
from cx280.telemetry import access
from cx280.telemetry.actions.plan import bring_in
from cx280.telemetry.api import schemas
from cx280.telemetry.forms.planning import read_plan
from cx280.telemetry.queries.flows import flows_of
from cx280.telemetry.queries.plan import plan_document, plan_of
from cx280.telemetry.rules.plan import findings

router = Router()


@router.get("/services/{code}/plan", response=schemas.Plan, operation_id="plan",
            auth=needs(Capability.SEE_TELEMETRY),
            summary="The measurement plan of a service")  # fmt: skip
def plan(request: HttpRequest, code: Path[Code]) -> dict[str, Any]:
    """Questions, metrics, the events they count, the actions; and what the plan lacks."""
    return _told(access.service_to_see(asking_person(request), code))


@router.put("/services/{code}/plan", response=schemas.Plan, operation_id="save-plan",
            auth=needs(Capability.EDIT_TELEMETRY),
            summary="Put a plan in the place of the one there is")  # fmt: skip
def change_it(request: HttpRequest, code: Path[Code], body: schemas.PlanToKeep) -> dict[str, Any]:
    """The plan as saved: questions and metrics that the document does not name are gone."""
    person = asking_person(request)
    service = access.service_to_edit(person, code)
    read = read_plan([each.dict() for each in body.questions], flows_of(service))
    bring_in(service, by=person, questions=read.questions, is_whole=True)
    return _told(service)


def _told(service: Service) -> dict[str, Any]:
    found = findings(plan_of(service, timezone.localdate()))
    return {**plan_document(service), "findings": [each.as_dict() for each in found]}
