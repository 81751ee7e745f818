"""An indicator's years: drawn from its measure, or stated with its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from cx280.circular.implements import implements
from cx280.indicators.models import Indicator, Redefinition, YearFigure
from cx280.indicators.queries.live import Live
from cx280.indicators.queries.released import NOT_RELEASED, Released
from cx280.indicators.rules.measures import Measure
from cx280.indicators.rules.verdicts import break_between, verdict_of
from cx280.indicators.rules.vocabulary import Verdict
from cx280.indicators.rules.years import Figure, Level, Point, level_of_year, nothing, year_of
from cx280.kernel.quarter import fiscal_year_of
from cx280.services.models import Service
from cx280.services.rules.participation import participation


class Reader(Protocol):
    """Where figures come from: what is measured, or what is public of it."""

    def points(self, measure: Measure) -> list[Point]:
        """The quarters of a share."""

    def levels(self, name: str) -> list[Level]:
        """The quarters of a service-level indicator."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year of an indicator: target, figure, how they stand, and why not to look back past it.

    is_running: the year is not over, so that the figure is one so far.
    """

    fiscal_year: int
    target: float | None
    figure: Figure
    verdict: Verdict
    broken: str = ""
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator with its years, the earliest first."""

    indicator: Indicator
    years: tuple[Year, ...]

    def at(self, fiscal_year: int) -> Year:
        """The year; one that is not read has neither target nor figure."""
        for each in self.years:
            if each.fiscal_year == fiscal_year:
                return each
        return Year(fiscal_year, None, nothing("Not read."), Verdict.NO_FIGURE)

    @property
    def latest(self) -> Year | None:
        """The last year with a figure."""
        return next((each for each in reversed(self.years) if each.figure.value is not None), None)


@implements("280.12-a1", "280.12-a2")
def lines_of(
    indicators: Iterable[Indicator], years: Iterable[int], today: date, *, public: bool = False
) -> list[Line]:
    """Each indicator with these fiscal years. public: only what releases hold, and what was
    stated; else what the dashboards show today."""
    wanted = sorted(set(years))
    readers: dict[int, Reader] = {}
    running = fiscal_year_of(today)
    return [
        _line(each, wanted, _reader(each, readers, wanted, today, public=public), public, running)
        for each in indicators
    ]


def _reader(
    indicator: Indicator, known: dict[int, Reader], years: list[int], today: date, *, public: bool
) -> Reader | None:
    """The reader of the indicator's service, made once for all of its indicators."""
    service = indicator.service
    if service is None:
        return None
    if service.pk not in known:
        known[service.pk] = Released(service) if public else Live(service, years, today)
    return known[service.pk]


def _line(
    indicator: Indicator, years: list[int], reader: Reader | None, public: bool, running: int
) -> Line:
    rows = {each.fiscal_year: each for each in indicator.years.all()}
    changes = list(indicator.redefinitions.all())
    measured = _measured(indicator, years, reader, public)
    found: list[Year] = []
    for year in years:
        row = rows.get(year)
        target = row.target if row else None
        figure = measured.get(year) or _stated(row)
        before = found[-1].figure if found else None
        broken = break_between(before, figure, _changed(changes, year)) if before else ""
        verdict = verdict_of(figure, target, indicator.direction)
        found.append(Year(year, target, figure, verdict, broken, is_running=year >= running))
    return Line(indicator, tuple(found))


def _measured(
    indicator: Indicator, years: list[int], reader: Reader | None, public: bool
) -> dict[int, Figure]:
    """The years of a bound indicator; {} where the figures are stated."""
    measure = indicator.bound_to
    if measure is None:
        return {}
    if reader is None or indicator.service is None:
        return dict.fromkeys(years, nothing("A measure is of a service, and none is named."))
    if measure.kind == "participation":
        return {each: _participation(indicator.service, each) for each in years}
    if measure.kind == "level":
        levels = reader.levels(measure.name)
        return {each: level_of_year(levels, each) for each in years}
    points = reader.points(measure)
    if public and not points:
        return dict.fromkeys(years, nothing(NOT_RELEASED))
    return {each: year_of(points, each) for each in years}


def _participation(service: Service, fiscal_year: int) -> Figure:
    """A count of customers, so without an interval; all channels, or the channels added up."""
    rows = list(service.volumes.filter(fiscal_year=fiscal_year))
    whole = [each for each in rows if not each.channel] or rows
    if not whole or not service.eligible_population:
        return nothing("Nobody recorded how many customers there were in this year.")
    customers = sum(each.customers for each in whole)
    return Figure(
        participation(customers, service.eligible_population), n=customers,
        period=f"FY{fiscal_year}",
        sure=f"a count, of {service.eligible_population:,} who could use it",
        how="; ".join(dict.fromkeys(each.source for each in whole)) or "Service inventory",
    )  # fmt: skip


def _stated(row: YearFigure | None) -> Figure:
    if row is None or row.actual is None:
        return nothing("Nobody has stated it yet.")
    return Figure(row.actual, period=f"FY{row.fiscal_year}", sure="stated by the agency",
                  how=row.actual_source, stated=True)  # fmt: skip


def _changed(changes: Iterable[Redefinition], year: int) -> str:
    """Why the definition changed with that year; "" where it did not."""
    said = [each.why for each in changes if each.fiscal_year == year]
    return f"Defined anew: {'; '.join(said)}" if said else ""
