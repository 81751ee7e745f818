"""/api/v1/obligations: what is owed to OMB, and how it stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import cut, page
from cx280.obligations import access, schemas
from cx280.obligations.queries.standing import Line, lines_of

router = Router(tags=["obligations"])


@router.get("/obligations", response=schemas.Obligations, auth=needs(Capability.SEE_QUARTERS),
            operation_id="obligations", summary="What is owed to OMB")  # fmt: skip
def obligations(request: HttpRequest, asked: Query[schemas.ObligationsAsked]) -> dict[str, object]:
    """What your providers owe; who sees all agencies reads unfinished work as not started."""
    person = asking_person(request)
    rows = access.obligations_to_see(person)
    if asked.fiscal_year is not None:
        rows = rows.filter(fiscal_year=asked.fiscal_year)
    if asked.provider:
        rows = rows.filter(hisp__code=asked.provider)
    lines = lines_of(rows, timezone.localdate(), whole=not access.sees_all(person))
    if asked.open:
        lines = [each for each in lines if each.state.is_open]
    return page(asked, len(lines), [_told(each) for each in cut(lines, asked)])


def _told(line: Line) -> dict[str, Any]:
    row = line.obligation
    return {
        "id": row.pk,
        "provider": row.hisp.code if row.hisp else None,
        "agency": row.owner.code,
        "obligation": row.code,
        "name": row.name,
        "scope": row.scope,
        "service": row.service.code if row.service else None,
        "period": row.period,
        "due": row.due,
        "rule_date": row.rule_date,
        "act_by": row.act_by,
        "why": row.days.why,
        "source": row.source,
        "state": line.state.value,
        "met_on": line.met_on,
        "waits_for_signature": line.waits_for_signature,
    }
