"""Flows over the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Status

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code, Number, Slice, cut, page
from cx280.kernel.problem import Unusable
from cx280.services.models import Service
from cx280.telemetry import access, models
from cx280.telemetry.actions.flows import change_state, save_flow
from cx280.telemetry.api import schemas
from cx280.telemetry.forms import ChangeForm, FlowForm, cleaned, written
from cx280.telemetry.queries.flows import findings_of, flows_of
from cx280.telemetry.rules.markup import key_of
from cx280.telemetry.rules.vocabulary import FlowState

router = Router()
SEE, EDIT = Capability.SEE_TELEMETRY, Capability.EDIT_TELEMETRY


@router.get("/services/{code}/flows", response=schemas.Flows, auth=needs(SEE),
            operation_id="flows", summary="The flows of a service")  # fmt: skip
def flows(request: HttpRequest, code: Path[Code], part: Query[Slice]) -> dict[str, object]:
    """Those in use first, newest on top, each with its changes and findings."""
    found = flows_of(access.service_to_see(asking_person(request), code))
    return page(part, len(found), [_told(each) for each in cut(found, part)])


@router.post("/services/{code}/flows", response={201: schemas.Flow}, auth=needs(EDIT),
             operation_id="add-flow", summary="Register a flow")  # fmt: skip
def add(request: HttpRequest, code: Path[Code], body: schemas.FlowToKeep) -> Status[dict[str, Any]]:
    """The flow; telemetry is expected from its launch day on."""
    person = asking_person(request)
    service = access.service_to_edit(person, code)
    return Status(201, _told(save_flow(None, service, by=person, values=_values(body))))


@router.get("/services/{code}/flows/{pk}", response=schemas.Flow, auth=needs(SEE),
            operation_id="flow", summary="One flow")  # fmt: skip
def flow(request: HttpRequest, code: Path[Code], pk: Path[Number]) -> dict[str, Any]:
    """The flow with its steps and its life."""
    return _told(access.flow_of(access.service_to_see(asking_person(request), code), pk))


@router.put("/services/{code}/flows/{pk}", response=schemas.Flow, auth=needs(EDIT),
            operation_id="save-flow", summary="Correct a flow")  # fmt: skip
def change_it(
    request: HttpRequest, code: Path[Code], pk: Path[Number], body: schemas.FlowToKeep
) -> dict[str, Any]:
    """The flow as saved; its state changes by changes only."""
    person = asking_person(request)
    service = access.service_to_edit(person, code)
    found = access.flow_of(service, pk)
    return _told(save_flow(found, service, by=person, values=_values(body, found.key)))


@router.post("/services/{code}/flows/{pk}/changes", response={201: schemas.Flow},
             auth=needs(EDIT), operation_id="change-flow",
             summary="Note that a flow changed")  # fmt: skip
def change(
    request: HttpRequest, code: Path[Code], pk: Path[Number], body: schemas.ChangeToKeep
) -> Status[dict[str, Any]]:
    """The flow in its new state; charts carry the day."""
    person = asking_person(request)
    service = access.service_to_edit(person, code)
    found = access.flow_of(service, pk)
    given = {**body.dict(), "successor": _successor(service, body.successor)}
    said = cleaned(ChangeForm(found, timezone.localdate(), written(ChangeForm, given)))
    change_state(found, by=person, state=FlowState.of(said.pop("state")), **said)
    return Status(201, _told(access.flow_of(service, pk)))


def _successor(service: Service, key: str) -> int | None:
    if not key:
        return None
    found = service.flows.filter(key=key).first()
    if found is None:
        raise Unusable(
            f"successor: there is no flow “{key}” here.", field="successor", rule="280.7-i2",
            fix="Register the new flow first.",
        )  # fmt: skip
    return found.pk


def _values(body: schemas.FlowToKeep, key: str = "") -> dict[str, Any]:
    """What the form makes of it; a flow that is known keeps its key when none is given."""
    names = [" ".join(each.name.split()) for each in body.steps]
    steps = [[each.key or key_of(name), name] for each, name in zip(body.steps, names, strict=True)]
    given = {**body.dict(), "steps": steps, "key": body.key or key}
    return cleaned(FlowForm(written(FlowForm, given)))


def _told(flow: models.Flow) -> dict[str, Any]:
    return {
        "pk": flow.pk,
        "key": flow.key,
        "service": flow.service.code,
        "name": flow.name,
        "steps": [{"key": key, "name": name} for key, name in flow.steps],
        "launched_on": flow.launched_on,
        "state": flow.state,
        "replaced_by": flow.replaced_by.key if flow.replaced_by else None,
        "first_event_on": flow.first_event_on,
        "changes": [
            {"state": each.state, "on": each.on, "note": each.note} for each in flow.changes.all()
        ],
        "findings": [each.as_dict() for each in findings_of(flow, timezone.localdate())],
    }
