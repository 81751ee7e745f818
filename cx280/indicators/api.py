"""/api/v1/indicators: what services are judged by, and what a plan lacks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.schemas import Code, cut, page
from cx280.circular.deadlines import edition_for
from cx280.indicators import access, schemas
from cx280.indicators.queries.figures import Line, Year, lines_of
from cx280.indicators.queries.register import findings_of
from cx280.indicators.rules.values import SHARE
from cx280.kernel.problem import NotFound
from cx280.kernel.quarter import fiscal_year_of

router = Router(tags=["indicators"])


@router.get("/indicators", response=schemas.Indicators, auth=needs(access.SEE),
            operation_id="indicators", summary="What services are judged by")  # fmt: skip
def indicators(request: HttpRequest, asked: Query[schemas.IndicatorsAsked]) -> dict[str, object]:
    """Of your services; the figures are those of the dashboards."""
    today = timezone.localdate()
    year = asked.fiscal_year or fiscal_year_of(today)
    rows = access.indicators_to_see(asking_person(request)).filter(retired_on__isnull=True)
    if asked.service:
        rows = rows.filter(service__code=asked.service)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    lines = lines_of(cut(rows.order_by("pk"), asked), [year - 1, year], today)
    return page(asked, rows.count(), [_told(each) for each in lines])


@router.get("/indicators/findings/{agency}/{year}", response=schemas.PlanFindings,
            auth=needs(access.SEE), operation_id="indicator-findings",
            summary="What an agency’s plan of a year lacks")  # fmt: skip
def findings(request: HttpRequest, agency: Path[Code], year: Path[int]) -> dict[str, Any]:
    """Each with its rule, paragraph and edition."""
    person = asking_person(request)
    found = access.agency_to_see(person, agency)
    if not access.sees_papers(person, found) or not 2022 <= year <= 2100:
        raise NotFound("There is no such plan, or you see a part of the agency only.")
    edition = edition_for(year).id
    return {
        "items": [
            {**each.as_dict(), "paragraph": each.rule.split("-")[0], "edition": edition}
            for each in findings_of(found, year, timezone.localdate())
        ]
    }


def _told(line: Line) -> dict[str, Any]:
    row = line.indicator
    return {
        "id": row.pk,
        "kind": row.kind,
        "name": row.name,
        "service": row.service.code if row.service else None,
        "formula": row.formula,
        "measure": row.measure,
        "source": row.source,
        "owner": row.owner,
        "unit": SHARE if row.is_share else row.unit,
        "direction": row.direction,
        "is_service_level": row.counts_as_service_level,
        "in_plan": row.in_plan,
        "baseline": row.baseline,
        "baseline_on": row.baseline_on,
        "years": [_year(each) for each in line.years],
    }


def _year(year: Year) -> dict[str, Any]:
    figure = year.figure
    return {
        "fiscal_year": year.fiscal_year,
        "target": year.target,
        "actual": figure.value,
        "low": figure.low,
        "high": figure.high,
        "n": figure.n,
        "period": figure.period,
        "how_sure": figure.sure or figure.why,
        "stated": figure.stated,
        "source": figure.how,
        "result": year.verdict.value,
        "not_comparable_with_year_before": year.broken,
    }
