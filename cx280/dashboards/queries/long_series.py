"""How use has changed over time: the whole history of a service, from its facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cx280.services.models import Service
from cx280.telemetry.models import Flow
from cx280.telemetry.queries import facts
from cx280.telemetry.queries.answers import in_words
from cx280.telemetry.queries.flows import chain_of, life_of
from cx280.telemetry.queries.gaps import silent_days
from cx280.telemetry.rules.facts import ALL, FlowFacts
from cx280.telemetry.rules.flows import Mark, inherited, marks
from cx280.telemetry.rules.long_series import Changes, Grain, Span, changes, spans

MOST_DAYS, MOST_WEEKS = 91, 157


@dataclass(frozen=True, slots=True)
class Line:
    """One count: its name, by period, and the changes of its level over the whole history."""

    name: str
    spans: list[Span]
    changes: Changes


@dataclass(frozen=True, slots=True)
class History:
    """What is known of a service, or of one flow, over time.

    lines: visits; or starts and completions. marks, breaks: what happened to the flow. first: the
    first day known, None where nothing is. gaps: days on which nothing came in for hours.
    """

    lines: list[Line]
    marks: list[Mark]
    breaks: tuple[date, ...]
    first: date | None
    last: date
    gaps: Mapping[date, str]


def flows_known(service: Service) -> list[tuple[str, str]]:
    """The flows that may be chosen, each (key, name)."""
    return [(each.key, each.name) for each in Flow.objects.filter(service=service).order_by("name")]


def history(service: Service, flow: str, grain: Grain, today: date) -> History:
    """The history up to yesterday: today is not over. flow: a key, "" for all visits."""
    last = today - timedelta(days=1)
    first = facts.first_day(service.pk)
    if first is None or first > last:
        return History([], [], (), None, last, {})
    gaps = silent_days(service, first, last)
    if not flow:
        told = facts.figures(service.pk, first, last, "totals", by=ALL)
        visits = {day: float(each.visits) for day, each in told}
        lines = [_line("visits", visits, first, last, grain, gaps)]
        return History(lines, [], (), first, last, gaps)
    return _of_flow(service, flow, grain, first, last, gaps)


def _of_flow(
    service: Service, flow: str, grain: Grain, first: date, last: date, gaps: Mapping[date, str]
) -> History:
    known = Flow.objects.filter(service=service, key=flow).select_related("replaced_by").first()
    chain = [(each.launched_on, each.key) for each in chain_of(known)] if known else []
    chain = chain or [(first, flow)]
    keys = {key for _, key in chain}
    told = [(day, each) for day, each in facts.flows(service.pk, first, last) if each.flow in keys]
    began = min((day for day, _ in told), default=None)
    if began is None:
        return History([], [], (), None, last, gaps)
    joined = {
        name: inherited([(launched, _counts(told, key, name)) for launched, key in chain])
        for name in ("started", "finished")
    }
    lines = [_line("starts", dict(joined["started"].points), began, last, grain, gaps)]
    if any(each.finished for _, each in told):
        ended = dict(joined["finished"].points)
        lines.append(_line("completions", ended, began, last, grain, gaps))
    life = [each for each in marks(life_of(known)) if began <= each.on <= last] if known else []
    return History(lines, life, joined["started"].breaks, began, last, gaps)


def _counts(told: list[tuple[date, FlowFacts]], key: str, name: str) -> dict[date, float]:
    return {day: float(getattr(each, name)) for day, each in told if each.flow == key}


def _line(
    name: str, days: dict[date, float], first: date, last: date, grain: Grain,
    gaps: Mapping[date, str],
) -> Line:  # fmt: skip
    shown_from = first
    if grain is Grain.DAY:
        shown_from = max(first, last - timedelta(days=MOST_DAYS - 1))
    elif grain is Grain.WEEK:
        shown_from = max(first, grain.start(last) - timedelta(days=7 * (MOST_WEEKS - 1)))
    shown = spans(days, shown_from, last, grain, gaps)
    whole = [each for each in shown if each.is_whole]
    return Line(name, whole or shown, changes(days, first, last, gaps))


def usual_grain(first: date | None, last: date) -> Grain:
    """Days for a quarter, weeks for two years, months beyond."""
    span = (last - first).days if first else 0
    if span < MOST_DAYS:
        return Grain.DAY
    return Grain.WEEK if span < 2 * 366 else Grain.MONTH


def first_day(service: Service) -> date | None:
    """The first day of which anything is known."""
    return facts.first_day(service.pk)


def flow_words(service: Service, key: str) -> str:
    """The name of a flow on record, else its key in words."""
    return dict(flows_known(service)).get(key) or in_words(key)
