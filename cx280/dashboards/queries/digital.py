"""The digital pages of a service: the days chosen, the flows by their names, what facts say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from cx280.pages.filters import Filter
from cx280.pages.written import longdate
from cx280.services.models import Service
from cx280.telemetry.models import Flow
from cx280.telemetry.queries import answers
from cx280.telemetry.queries.answers import Done, FlowAnswer, FlowsTold, NextPage
from cx280.telemetry.queries.flows import chain_of, life_of
from cx280.telemetry.rules.facts import FlowFacts
from cx280.telemetry.rules.flows import Mark, inherited, marks
from cx280.telemetry.rules.periods import Period, local_days

DAYS = (("7", "Last 7 days"), ("28", "Last 28 days"), ("91", "Last 91 days"))
# Flows that are told with where people stop; a service has few.
MOST_FUNNELS = 6


@dataclass(frozen=True, slots=True)
class Chosen:
    """The days a page tells of, as people chose them."""

    period: Period
    filter: Filter
    until: date | None = None  # the last day, where the address names it; else today

    @property
    def words(self) -> str:
        """`the last 28 days`."""
        if self.until is not None:
            return f"the {self.filter.value} days to {longdate(self.until)}"
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


def chosen(asked: Mapping[str, str], today: date, zone: str) -> Chosen:
    """The days of the address, today included; the last 28 when it names none that is offered.

    An address may name their last day too (`until`), so that what was seen can be seen again.
    """
    given = asked.get("days", "")
    days = given if given in dict(DAYS) else "28"
    until = _day(asked.get("until", ""), today)
    last = until or today
    period = local_days(last - timedelta(days=int(days) - 1), last, zone)
    return Chosen(period, Filter("days", "Days", DAYS, days), until)


def _day(given: str, today: date) -> date | None:
    """A day before today as an address writes it, else None."""
    try:
        found = date.fromisoformat(given)
    except ValueError:
        return None
    return found if found < today else None


def digital(service: Service, period: Period, smallest: int) -> Digital:
    """What the digital page of a service tells."""
    told = answers.flows_told(service.pk, period)
    known = {each.key: each for each in Flow.objects.filter(service=service)}
    rows = []
    for at, each in enumerate(answers.things(told, smallest)):
        key = each.thing.flow
        answer = None
        if at < MOST_FUNNELS and each.shown:
            answer = _answer(told, key, known.get(key), smallest)
        rows.append(FlowRow(key, flow_name(key, known.get(key)), each, answer))
    return Digital(rows, answers.by_day(service.pk, period), answers.next_pages(service.pk, period))


@dataclass(frozen=True, slots=True)
class OneFlow:
    """One flow with its funnel, and by day."""

    row: FlowRow
    trend: FlowTrend


def one_flow(service: Service, key: str, period: Period, smallest: int) -> OneFlow:
    """What the page of a flow tells."""
    told = answers.flows_told(service.pk, period)
    flows = Flow.objects.filter(service=service).select_related("replaced_by")
    known = flows.filter(key=key).prefetch_related("changes").first()
    answer = _answer(told, key, known, smallest)
    row = FlowRow(key, flow_name(key, known), answer.done, answer)
    return OneFlow(row, _trend(told, key, known, period))


def _trend(told: FlowsTold, key: str, known: Flow | None, period: Period) -> FlowTrend:
    """A flow by day with the marks of its life; a replacement inherits what came before it.

    Days before the first start are left out: nobody knows whether a site was listening.
    """
    chain = [(each.launched_on, each.key) for each in chain_of(known)] if known else []
    chain = chain or [(period.first, key)]
    keys = {each for _, each in chain}
    days = [(day, each) for day, each in told.days if each.flow in keys]
    first = min((day for day, _ in days), default=period.last)
    started, ended = (
        inherited([
            (launched, _by_day(days, flow, name, first, period.last)) for launched, flow in chain
        ])
        for name in ("started", "finished")
    )  # fmt: skip
    life = marks(life_of(known)) if known else []
    inside = [each for each in life if first <= each.on <= period.last]
    has_end = any(each.finished for _, each in days)
    return FlowTrend(started.points, ended.points if has_end else (), started.breaks, inside)


def _by_day(
    days: list[tuple[date, FlowFacts]], flow: str, name: str, first: date, last: date
) -> dict[date, float]:
    """Visits of each day from first to last; a day without any is a zero."""
    told = {day: getattr(each, name) for day, each in days if each.flow == flow}
    span = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    return {day: float(told.get(day, 0)) for day in span}


def flow_name(key: str, known: Flow | None) -> str:
    """The name on record, else the key in words."""
    return known.name if known else answers.in_words(key)


def _answer(told: FlowsTold, key: str, known: Flow | None, smallest: int) -> FlowAnswer:
    declared = [(str(step), str(name)) for step, name in known.steps] if known else []
    return answers.flow_answer(told, key, smallest, declared)
