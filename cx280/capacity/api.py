"""/api/v1/assessments and /api/v1/registers: read what was assessed and written down."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Path, Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code, Number, cut, page
from cx280.capacity import access, schemas
from cx280.capacity.models import Assessment, Entry
from cx280.capacity.rules.vocabulary import Register
from cx280.kernel.problem import NotFound

router = Router(tags=["capacity"])
SEE = Capability.SEE_QUARTERS


@router.get("/assessments", response=schemas.Assessments, auth=needs(SEE),
            operation_id="assessments", summary="Capacity Assessments and reflections")  # fmt: skip
def assessments(request: HttpRequest, asked: Query[schemas.AssessmentsAsked]) -> dict[str, object]:
    """Those of your units; who sees all agencies reads those that were given to OMB."""
    person = asking_person(request)
    rows = access.assessments_to_see(person)
    if asked.fiscal_year is not None:
        rows = rows.filter(fiscal_year=asked.fiscal_year)
    found = [_told(each) for each in cut(rows, asked)]
    return page(asked, rows.count(), found)


@router.get("/assessments/{pk}", response=schemas.AssessmentWhole, auth=needs(SEE),
            operation_id="assessment", summary="One assessment as it was signed")  # fmt: skip
def assessment(request: HttpRequest, pk: Path[Number]) -> dict[str, object]:
    """Its latest signed version that you may read."""
    person = asking_person(request)
    found = access.assessment_to_see(person, pk)
    version = access.version_to_see(person, found)
    return {
        **_told(found),
        "content": version.content if version else None,
        "digest": version.digest if version else None,
    }


@router.get("/registers/{name}", response=schemas.Entries, auth=needs(SEE),
            operation_id="register", summary="The lines of a register")  # fmt: skip
def register(
    request: HttpRequest, name: Path[Code], asked: Query[schemas.EntriesAsked]
) -> dict[str, object]:
    """Those of your units that stand: resources, decisions, reviews, lessons and others."""
    if name not in {each.value for each in Register}:
        raise NotFound("There is no such register.")
    rows = access.entries_to_see(asking_person(request)).filter(register=name)
    if asked.fiscal_year is not None:
        rows = rows.filter(fiscal_year=asked.fiscal_year)
    found = [_line(each) for each in cut(rows, asked)]
    return page(asked, rows.count(), found)


def _told(row: Assessment) -> dict[str, Any]:
    return {
        "id": row.pk,
        "subject": row.subject,
        "kind": row.kind,
        "fiscal_year": row.fiscal_year,
        "template": str(row.template_version),
        "official": bool(row.template_version.document["official"]),
        "stage": row.stage,
        "signed_at": row.signed_at,
        "submitted_at": row.submitted_at,
    }


def _line(row: Entry) -> dict[str, Any]:
    names = ("fiscal_year", "on", "what", "who", "words", "amount", "answer", "status",
             "function", "address", "said_at")  # fmt: skip
    known = {"id": row.pk, "name": row.register, "unit": row.organization.code}
    return known | {each: getattr(row, each) for each in names}
