"""A website in the lake for the digital pages: visits that start, go on, stop, and are timed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from cx280.lake.columns import EventRow
from tests.telemetry.happened import an_event, finished, started, stepped

STEPS = ("who-you-are", "your-boat", "pay")


def a_flow(
    service: int,
    now: datetime,
    reached: tuple[int, ...],
    flow: str = "renew-permit",
    *,
    steps: tuple[str, ...] = STEPS,
    ends: bool = True,
) -> Iterator[EventRow]:
    """Visits spread over ten days; `reached` counts those at the start and each place after it."""
    for visit in range(reached[0]):
        name = f"{flow}-{visit}"
        at = now - timedelta(days=1 + visit % 10, minutes=visit % 600)
        yield an_event(at, service=service, visit=name, page="/")
        yield an_event(at + timedelta(seconds=9), service=service, visit=name, page=f"/{flow}")
        yield started(at + timedelta(seconds=10), name, flow, service=service)
        for place, step in enumerate(steps, start=1):
            if visit < reached[place]:
                at += timedelta(seconds=20 * place + visit % 37)
                yield stepped(at + timedelta(seconds=10), name, step, flow, service=service)
        if ends and visit < reached[-1]:
            yield finished(at + timedelta(seconds=50), name, flow, service=service)


def some_loads(service: int, now: datetime, loads: int = 200) -> Iterator[EventRow]:
    """Loads of three pages: a fast one, a slow one, and one that few opened."""
    for page, slowness, n in (("/", 1.0, loads), ("/renew-permit", 3.1, loads), ("/rare", 1.0, 3)):
        for at in range(n):
            when = now - timedelta(days=1, seconds=at)
            for name, value in (("lcp", 900.0 + 8 * at), ("inp", 90.0 + at / 3), ("cls", 0.04)):
                yield an_event(
                    when, "other", name=name, page=page, service=service, value=value * slowness
                )


def happening(service: int, now: datetime) -> Iterator[EventRow]:
    """Page views of the last half hour."""
    for at in range(90):
        when = now - timedelta(seconds=8 + 19 * at)
        yield an_event(when, service=service, visit=f"now-{at % 40}", page="/")
