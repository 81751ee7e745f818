"""Months of a website's facts with a day and a week, as counting keeps them; planted falls."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import numpy as np
from django.utils import timezone

from cx280.services.models import Service
from cx280.telemetry.models import DayFacts, Site
from cx280.telemetry.queries.facts import by_hour
from cx280.telemetry.rules.facts import (
    FUNNELS,
    SPEED,
    TOTALS,
    Figure,
    Figures,
    FlowFacts,
    Reached,
    SpeedFacts,
    packed,
)
from cx280.telemetry.rules.histograms import Histogram
from tests.telemetry.builders import a_site

_DAY_SHAPE = np.array([2, 1, 1, 1, 1, 2, 4, 8, 14, 18, 20, 20, 19, 20, 19, 17, 14, 11, 10, 9, 8, 6,
                       4, 3]) / 10  # fmt: skip
_WEEK_SHAPE = np.array([1.1, 1.1, 1.05, 1.0, 0.9, 0.5, 0.45])


def a_digital_service(service: Service) -> Site:
    """The service has a website that sends."""
    return a_site(service, enabled=True)


def hours_counted(
    service: Service,
    until: datetime,
    days: int = 56,
    *,
    level: float = 200.0,
    factor: Callable[[datetime], float] = lambda hour: 1.0,
    seed: int = 280,
) -> None:  # fmt: skip
    """Page views and completions (half as many) of each hour before `until`, Poisson."""
    chance = np.random.default_rng(seed)
    zone = timezone.get_current_timezone()
    first = until.astimezone(zone).date() - timedelta(days=days)
    rows = []
    for n in range(days + 1):
        day = first + timedelta(days=n)
        start = datetime.combine(day, time(0), zone).astimezone(UTC)
        figures = []
        for each in range(24):
            hour = start + timedelta(hours=each)
            if hour >= until or hour.astimezone(zone).date() != day:
                continue
            local = hour.astimezone(zone)
            mean = level * _DAY_SHAPE[local.hour] * _WEEK_SHAPE[local.weekday()] * factor(hour)
            for kind, part in (("page_view", 1.0), ("transaction_complete", 0.5)):
                many = int(chance.poisson(mean * part))
                if many:
                    figures.append(Figure(int(hour.timestamp()), kind, "(all)", "", many))
        rows.append(_row(service, day, by_hour(TOTALS), Figures(kinds=tuple(figures))))
    DayFacts.objects.bulk_create(rows)


def days_counted(
    service: Service,
    last: date,
    days: int = 200,
    *,
    started: int = 400,
    flow: str = "renew",
    completes: Callable[[date], float] = lambda day: 0.6,
    visits: Callable[[date], float] = lambda day: 1.0,
    seed: int = 280,
) -> None:  # fmt: skip
    """Each day up to `last`: page views, and a flow with one step (“photo”)."""
    chance = np.random.default_rng(seed)
    rows = []
    for n in range(days):
        day = last - timedelta(days=days - 1 - n)
        many = int(chance.poisson(started * _WEEK_SHAPE[day.weekday()] * visits(day)))
        photo = int(chance.binomial(many, 0.9)) if many else 0
        done = int(chance.binomial(photo, completes(day) / 0.9)) if photo else 0
        facts = FlowFacts(flow, many, done, order=("photo",),
                          reached=(Reached("photo", photo), Reached("", done)))  # fmt: skip
        views = Figure(-1, "page_view", "(all)", "", many * 5)
        loads = int(chance.binomial(many, 0.1)) if many else 0
        speed = SpeedFacts("/", "lcp", many, many - loads, loads, 2000.0, Histogram())
        rows += [
            _row(service, day, TOTALS, Figures(kinds=(views,) if many else ())),
            _row(service, day, FUNNELS, (facts,) if many else ()),
            _row(service, day, SPEED, (speed,) if many else ()),
        ]
    DayFacts.objects.bulk_create(rows)


def _row(service: Service, day: date, part: str, body: object) -> DayFacts:
    counted = {"events": 0, "read": 0, "counted_at": timezone.now()}
    return DayFacts(service=service, day=day, part=part, body=packed(body), **counted)
