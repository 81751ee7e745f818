"""/api/v1/services: the inventory, for programs of the agency and of OMB."""

from __future__ import annotations

from typing import Any

import msgspec
from django.http import HttpRequest
from ninja import Path, Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code, Slice, cut, page
from cx280.services import access, models, queries, schemas
from cx280.services.rules.record import ServiceRecord, public_part

router = Router(tags=["services"])
SEE = Capability.SEE_SERVICES


@router.get("/services", response=schemas.Services, auth=needs(SEE), operation_id="services",
            summary="The services you may see")  # fmt: skip
def services(request: HttpRequest, part: Query[Slice], retired: bool = False) -> dict[str, object]:
    """By code. `retired=true` gives the retired ones too."""
    seen = access.services_where(asking_person(request), SEE)
    found = seen if retired else queries.active_services(seen)
    rows = cut(found.select_related("owner", "hisp").order_by("code"), part)
    return page(part, found.count(), [_line(each) for each in queries.records_of(rows)])


@router.get("/services/{code}", response=schemas.Service, auth=needs(SEE), operation_id="service",
            summary="One service: profile, channels, designation, findings")  # fmt: skip
def service(request: HttpRequest, code: Path[Code]) -> dict[str, Any]:
    """The service whole. 404 when there is none, or it is another agency's."""
    person = asking_person(request)
    found = access.service_to_see(person, code)
    record = queries.record_of(found)
    shown = record if access.may_edit(person, found) else public_part(record)
    findings = [] if found.retired_on else queries.findings_of(found)
    return {
        "code": found.code,
        "name": found.name,
        "designation": _designation(found),
        "profile": msgspec.to_builtins(shown),
        "findings": [each.as_dict() for each in findings],
    }


def _line(record: ServiceRecord) -> dict[str, Any]:
    return {
        "code": record.code,
        "name": record.name,
        "unit": record.unit,
        "unit_path": record.unit_path,
        "provider": record.hisp,
        "service_type": record.service_type,
        "channels": [each.channel for each in record.channels],
        "retired_on": record.retired_on,
    }


def _designation(found: models.Service) -> dict[str, Any] | None:
    if found.hisp is None:
        return None
    standing = queries.designations_of(found.hisp)
    row = next((each for each in standing if each.service_id == found.pk), None)
    if row is None:
        return None
    return {
        "provider": found.hisp.code,
        "proposed_on": row.proposed_on,
        "signed_on": row.signed_on,
        "concurred_on": row.concurred_on,
    }
