"""/api/v1/digital: what people did online, as figures of any events, told apart as one likes."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code
from cx280.dashboards import schemas
from cx280.dashboards.access import least_shown, whole_service
from cx280.telemetry.queries.exploring import explored
from cx280.telemetry.rules.exploring import Cell, choice_of

router = Router(tags=["digital"])
SEE = Capability.SEE_MEASURES


@router.get("/digital/{service}/figures", response=schemas.Figures, auth=needs(SEE),
            operation_id="digital-figures", summary="What people did online")  # fmt: skip
def figures(
    request: HttpRequest, service: Path[Code], asked: Query[schemas.Asked]
) -> dict[str, object]:
    """Of the last 28 days when no days are asked for. Robots are not counted."""
    sight = whole_service(asking_person(request), service)
    choice = choice_of(_given(asked), timezone.localdate())
    answer = explored(sight.service.pk, choice, least_shown())
    return {
        "service": sight.service.code,
        "figure": choice.figure,
        "by": choice.by,
        "grain": choice.grain,
        "first": choice.first,
        "last": choice.last,
        "source": answer.source,
        "smallest": least_shown(),
        "left_out": answer.left_out,
        "items": [_item(each) for each in answer.cells],
        "together": _item(answer.whole) if answer.whole else None,
    }


def _given(asked: schemas.Asked) -> dict[str, str]:
    given = asked.dict(by_alias=True, exclude_none=True)
    return {
        key: value.isoformat() if isinstance(value, date) else str(value)
        for key, value in given.items()
    }


def _item(cell: Cell) -> dict[str, object]:
    shown = not cell.hidden
    return {
        "period": cell.period,
        "value": cell.value,
        "figure": cell.figure,
        "events": cell.events if shown else None,
        "visits": cell.visits if shown else None,
        "measured": cell.measured if shown else None,
        "suppressed": cell.hidden,
    }
