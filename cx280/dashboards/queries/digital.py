"""The digital pages of a service: the days chosen, the flows by their names, what the lake says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cx280.pages.filters import Filter
from cx280.services.models import Service
from cx280.telemetry.models import Flow
from cx280.telemetry.queries import answers
from cx280.telemetry.queries.answers import Done, FlowAnswer, NextPage
from cx280.telemetry.queries.flows import chain_of, life_of
from cx280.telemetry.rules.flows import Mark, inherited, marks
from cx280.telemetry.rules.periods import Period, local_days

DAYS = (("7", "Last 7 days"), ("28", "Last 28 days"), ("91", "Last 91 days"))
# Flows that are told with where people stop; a service has few, and each is a question of its own.
MOST_FUNNELS = 6


@dataclass(frozen=True, slots=True)
class Chosen:
    """The days a page tells of, as people chose them."""

    period: Period
    filter: Filter

    @property
    def words(self) -> str:
        """`the last 28 days`."""
        return f"the last {self.filter.value} days"


@dataclass(frozen=True, slots=True)
class FlowRow:
    """A flow with its name and where people stop; `answer` is None beyond the first few."""

    key: str
    name: str
    done: Done
    answer: FlowAnswer | None


@dataclass(frozen=True, slots=True)
class FlowTrend:
    """Visits that started and finished a flow by day, with breaks and marks of its life."""

    started: tuple[tuple[date, float], ...]
    finished: tuple[tuple[date, float], ...]
    breaks: tuple[date, ...]
    marks: list[Mark]


@dataclass(frozen=True, slots=True)
class Digital:
    """What people came to do, by day, and where they went from page to page."""

    flows: list[FlowRow]
    days: list[answers.Day]
    ways: list[NextPage]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was told in these days."""
        return not self.flows and not self.days


def chosen(given: str, today: date, zone: str) -> Chosen:
    """The days of the address, today included; the last 28 when it names none that is offered."""
    days = given if given in dict(DAYS) else "28"
    period = local_days(today - timedelta(days=int(days) - 1), today, zone)
    return Chosen(period, Filter("days", "Days", DAYS, days))


def digital(service: Service, period: Period, now: datetime, smallest: int) -> Digital:
    """What the digital page of a service tells."""
    done = answers.things(service.pk, period, now, smallest)
    known = {each.key: each for each in Flow.objects.filter(service=service)}
    rows = []
    for at, each in enumerate(done):
        key = each.thing.flow
        answer = None
        if at < MOST_FUNNELS and each.shown:
            answer = _answer(service, key, known.get(key), period, now, smallest)
        rows.append(FlowRow(key, flow_name(key, known.get(key)), each, answer))
    return Digital(rows, answers.by_day(service.pk, period), answers.next_pages(service.pk, period))


def one_flow(service: Service, key: str, period: Period, now: datetime, smallest: int) -> FlowRow:
    """One flow with its funnel."""
    known = Flow.objects.filter(service=service, key=key).first()
    answer = _answer(service, key, known, period, now, smallest)
    return FlowRow(key, flow_name(key, known), answer.done, answer)


def flow_trend(service: Service, key: str, period: Period) -> FlowTrend:
    """A flow by day with the marks of its life; a replacement inherits what came before it.

    Days before the first event are left out: nobody knows whether a site was listening.
    """
    known = Flow.objects.filter(service=service, key=key).select_related("replaced_by").first()
    chain = [(each.launched_on, each.key) for each in chain_of(known)] if known else []
    chain = chain or [(period.first, key)]
    keys = {each for _, each in chain}
    days = [each for each in answers.flow_days(service.pk, period) if each.flow in keys]
    first = min((each.local_day for each in days), default=period.last)
    lines = {
        kind: inherited([
            (launched, _by_day(days, flow, kind, first, period.last)) for launched, flow in chain
        ])
        for kind in ("transaction_start", "transaction_complete")
    }  # fmt: skip
    told = marks(life_of(known)) if known else []
    started, ended = lines["transaction_start"], lines["transaction_complete"]
    inside = [each for each in told if first <= each.on <= period.last]
    has_end = any(each.kind == "transaction_complete" for each in days)
    return FlowTrend(started.points, ended.points if has_end else (), started.breaks, inside)


def _by_day(
    days: list[answers.FlowDay], flow: str, kind: str, first: date, last: date
) -> dict[date, float]:
    """Visits of each day from first to last; a day without any is a zero."""
    told = {each.local_day: each.visits for each in days if (each.flow, each.kind) == (flow, kind)}
    span = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return {day: float(told.get(day, 0)) for day in span}


def flow_name(key: str, known: Flow | None) -> str:
    """The name on record, else the key in words."""
    return known.name if known else answers.in_words(key)


def _answer(
    service: Service, key: str, known: Flow | None, period: Period, now: datetime, smallest: int
) -> FlowAnswer:
    declared = [(str(step), str(name)) for step, name in known.steps] if known else []
    return answers.flow_answer(service.pk, key, period, now, smallest, declared)
