"""Answers joined with visits of `online.a_flow`, for the pages of low and high raters."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from cx280.lake.columns import EventRow
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion
from tests.builders import a_document, a_response, a_survey, a_version
from tests.dashboards.online import STEPS
from tests.telemetry.happened import an_event, finished, started, stepped


def visit_name(number: int) -> str:
    """A name as cx.js makes it."""
    return f"{1_000_000_000 + number}-{2_000_000_000 + number}-{3_000_000_000 + number}"


def a_joining_version(service: Service) -> SurveyVersion:
    """An open version that tells people their answers may be read with their visit."""
    draft = a_document(service.name, promise="same_visit")
    return a_version(a_survey(service=service, draft=draft))


def rated_visits(
    version: SurveyVersion, now: datetime, low: tuple[int, ...], high: tuple[int, ...]
) -> Iterator[EventRow]:
    """Events of low and high raters' visits, whose answers are stored; counts as in `a_flow`."""
    number = 0
    for rating, reached in ((2, low), (5, high)):
        for visit in range(reached[0]):
            number += 1
            at = now - timedelta(days=1 + visit % 6, minutes=visit % 300)
            yield from _visit(version, visit_name(number), at, visit, reached)
            a_response(
                version,
                visit=visit_name(number),
                answers={"trust": rating, "satisfaction": 3},
                day=(at + timedelta(minutes=9)).date(),
                received_at=at + timedelta(minutes=9),
            )


def _visit(
    version: SurveyVersion, name: str, at: datetime, visit: int, reached: tuple[int, ...]
) -> Iterator[EventRow]:
    where: dict[str, Any] = {"service": version.survey.service_id}
    yield an_event(at, visit=name, page="/", **where)
    yield started(at + timedelta(seconds=10), name, "renew-permit", **where)
    for place, step in enumerate(STEPS, start=1):
        if visit < reached[place]:
            at += timedelta(seconds=20 * place + visit % 37)
            yield stepped(at + timedelta(seconds=10), name, step, "renew-permit", **where)
    if visit < reached[-1]:
        yield finished(at + timedelta(seconds=50), name, "renew-permit", **where)
