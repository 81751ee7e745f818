"""An agency's plan and report as they would be published today."""

from __future__ import annotations

from datetime import date
from typing import Any

from cx280.agencies.models import Organization
from cx280.circular.deadlines import edition_for
from cx280.circular.edition import Edition
from cx280.circular.implements import implements
from cx280.indicators.queries.figures import Line, Year, lines_of
from cx280.indicators.queries.register import in_use
from cx280.indicators.rules.content import content_of, reference
from cx280.indicators.rules.vocabulary import Direction, Frequency, Kind, Paper

# A report looks back this many years, as far as they may be compared.
YEARS_BACK = 2


@implements("280.12-a1", "280.10-s2", "280.9-b2")
def paper_of(agency: Organization, paper: Paper, fiscal_year: int, today: date) -> dict[str, Any]:
    """The content as of today: indicators that stand in the plan, public figures only."""
    indicators = [each for each in in_use(agency) if each.in_plan]
    years = (
        [fiscal_year]
        if paper is Paper.PLAN
        else list(range(fiscal_year - YEARS_BACK, fiscal_year + 1))
    )
    lines = lines_of(indicators, years, today, public=True)
    edition = edition_for(fiscal_year)
    return content_of(
        paper=paper,
        agency=(agency.code, agency.name),
        fiscal_year=fiscal_year,
        edition=edition.title,
        references=[reference(each) for each in _cited(edition, paper)],
        indicators=[_told(each, paper) for each in lines],
        simulated=agency.simulated,
    )


def _cited(edition: Edition, paper: Paper) -> list[dict[str, Any]]:
    found = dict(edition.references_of("280.12-a4"))
    if paper is Paper.REPORT:
        found |= edition.references_of("280.10-s2")
    return list(found.values())


def _told(line: Line, paper: Paper) -> dict[str, Any]:
    row = line.indicator
    return {
        "kind": Kind.of(row.kind).label,
        "name": row.name,
        "service": row.service.name if row.service else "",
        "formula": row.formula,
        "source": row.source,
        "owner": row.owner,
        "frequency": Frequency.of(row.frequency).label,
        "unit": "share between 0 and 1" if row.is_share else row.unit,
        "direction": Direction.of(row.direction).label,
        "baseline": row.baseline,
        "baseline_on": row.baseline_on.isoformat() if row.baseline_on else None,
        "years": [_year(each, paper) for each in line.years],
    }


def _year(year: Year, paper: Paper) -> dict[str, Any]:
    """A plan tells the target only; its year has not been."""
    told: dict[str, Any] = dict.fromkeys(
        ("actual", "low", "high", "n", "period", "sure", "origin", "how", "result", "broken")
    )
    told |= {"fiscal_year": year.fiscal_year, "target": year.target}
    if paper is Paper.PLAN:
        return told
    figure = year.figure
    return told | {
        "actual": figure.value,
        "low": figure.low,
        "high": figure.high,
        "n": figure.n,
        "period": figure.period,
        "sure": figure.sure or figure.why,
        "origin": "" if figure.value is None else "stated" if figure.stated else "drawn",
        "how": ". ".join(each.rstrip(".") for each in (figure.how, *figure.breaks) if each),
        "result": "No public figure" if figure.value is None else year.verdict.label,
        "broken": year.broken,
    }
