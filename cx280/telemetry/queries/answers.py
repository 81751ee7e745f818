"""What people did on the digital channels of a service: from facts, by whole local days.

What happens now (`live`) is asked of the lake, since facts are some minutes old.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec

from cx280.telemetry import models
from cx280.telemetry.queries import facts
from cx280.telemetry.queries.lake import ask
from cx280.telemetry.rules import questions
from cx280.telemetry.rules.facts import (
    ALL,
    TOTALS,
    FlowFacts,
    SpeedFacts,
    flow_of_days,
    left_out,
    speed_of_days,
)
from cx280.telemetry.rules.flow_questions import MOST_STEPS
from cx280.telemetry.rules.funnels import (
    Completion,
    Place,
    Stage,
    completion,
    finding,
    stages,
)
from cx280.telemetry.rules.periods import Period

# A flow has a completion rate where it told of its end in the quarter up to the last day.
OUTCOME_WITHIN = timedelta(days=90)
MOST_PAGES, MOST_NEXT = 25, 20


class Thing(msgspec.Struct, frozen=True):
    """A flow of the service: visits that started and finished it, and how long that took."""

    flow: str
    started: int
    finished: int
    median_seconds: float | None = None
    p90_seconds: float | None = None


class Speed(msgspec.Struct, frozen=True):
    """How fast a page was by one measure (lcp, inp, cls); how many loads were good, and poor."""

    page: str
    name: str
    loads: int
    p75: float
    good: int
    poor: int


class Day(msgspec.Struct, frozen=True):
    """Events and distinct visits of one local day."""

    local_day: date
    events: int
    visits: int


class Site(msgspec.Struct, frozen=True):
    """When the newest event of a site came in, and how many came in the last days."""

    site: str
    received: datetime
    events: int
    name: str = ""


class NextPage(msgspec.Struct, frozen=True):
    """How many visits went from one page straight to another."""

    page: str
    next_page: str
    visits: int


@dataclass(frozen=True, slots=True)
class Done:
    """What people came to do, with the completion as it may be shown."""

    thing: Thing
    completion: Completion
    shown: bool


@dataclass(frozen=True, slots=True)
class FlowAnswer:
    """The funnel of one flow. side_steps: steps left out because few who start take them.

    ends: whether its last place is the end of the flow. since: the first day that the funnel
    counts, where days before had other steps; else None. is_outdated: whether the steps on record
    are others than those counted so far.
    """

    flow: str
    stages: list[Stage]
    finding: str
    done: Done
    side_steps: list[str]
    ends: bool = False
    since: date | None = None
    is_outdated: bool = False


@dataclass(frozen=True, slots=True)
class FlowsTold:
    """The flows of a service on the days of a period, as facts have them.

    ended: flows that told of their end, in the period or not long before it.
    """

    days: list[tuple[date, FlowFacts]]
    ended: frozenset[str]

    def of(self, flow: str) -> list[tuple[date, FlowFacts]]:
        """The days of one flow, in order."""
        return [(day, each) for day, each in self.days if each.flow == flow]


@dataclass(frozen=True, slots=True)
class Live:
    """When the newest event of each site came."""

    sites: list[Site]
    silent: list[str]  # names of enabled sites of which nothing came in the last 30 days

    @property
    def newest(self) -> datetime | None:
        """When the newest event of all sites came in; None where none did in the last 30 days."""
        return max((each.received for each in self.sites), default=None)


def flows_told(service: int, period: Period) -> FlowsTold:
    """The flows on each day of the period: read once, however much a page tells of them."""
    since = min(period.first, period.last - OUTCOME_WITHIN)
    known = facts.flows(service, since, period.last)
    ended = {each.flow for _, each in known if each.finished}
    days = [(day, each) for day, each in known if day >= period.first]
    if not {each.flow for _, each in days} <= ended:
        ended |= _ended(service, since, period.last)
    return FlowsTold(days, frozenset(ended))


def _ended(service: int, first: date, last: date) -> set[str]:
    """Flows of which an end was told at all, be it by visits that never told of a start."""
    told = facts.figures(service, first, last, "flow", by=facts.KIND)
    return {each.value for _, each in told if each.kind == "transaction_complete"}


def things(told: FlowsTold, smallest: int) -> list[Done]:
    """What people came to do, most started first."""
    flows = {each.flow for _, each in told.days}
    found = [_done(told, flow, smallest) for flow in flows]
    return sorted(found, key=lambda each: (-each.thing.started, each.thing.flow))


def _done(told: FlowsTold, flow: str, smallest: int) -> Done:
    days = _days_told(told, flow, smallest)
    if not days:
        return Done(Thing(flow, 0, 0), completion(0, 0, has_outcome=flow in told.ended,
                                                  smallest=smallest), shown=True)  # fmt: skip
    whole = flow_of_days(days, ())
    thing = Thing(flow, whole.started, whole.finished, whole.took.median, whole.took.p90)
    found = completion(
        thing.started, thing.finished, has_outcome=flow in told.ended, smallest=smallest
    )
    return Done(thing, found, shown=thing.started == 0 or thing.started >= smallest)


def _days_told(told: FlowsTold, flow: str, smallest: int) -> list[FlowFacts]:
    """The days of a flow. Days with other steps than the last are no part of its funnel; where
    few started on them, they are left out of everything, or the difference would tell of few."""
    days = [each for _, each in told.of(flow)]
    other = left_out(days, _order(days))
    if 0 < sum(each.started for each in other) < smallest:
        return [each for each in days if each not in other]
    return days


def _order(days: Sequence[FlowFacts]) -> tuple[str, ...]:
    """The steps that the newest day was counted with."""
    return days[-1].order if days else ()


def flow_answer(
    told: FlowsTold, flow: str, smallest: int, declared: Sequence[tuple[str, str]] = ()
) -> FlowAnswer:
    """Where people stop in a flow. declared: (step, name) in order; else steps as visits took them.

    Visits that began in the half hour before they were counted are left out: they have not had
    their time.
    """
    done = _done(told, flow, smallest)
    days = _days_told(told, flow, smallest)
    order, names = _order(days), dict(declared)
    fit = [each for each in days if each.order == order]
    funnel = flow_of_days(fit, order) if fit else FlowFacts(flow, 0, 0)
    ends = flow in told.ended
    places = [Place("Start", funnel.started)]
    places += [
        Place(_name(each.step, names), each.visits, each.took.median if each.visits else None)
        for each in funnel.reached
        if each.step or ends
    ]
    shown = stages(places, smallest)
    steps = flow_of_days(days, order).steps if days else ()
    side = [in_words(each.step) for each in steps if each.step not in order]
    wanted = tuple(step for step, _ in declared)[:MOST_STEPS]
    return FlowAnswer(
        flow, shown, finding(shown), done, side, ends,
        since=_since(told.of(flow), order),
        is_outdated=bool(wanted and days) and wanted != order,
    )  # fmt: skip


def _name(step: str, names: dict[str, str]) -> str:
    return (names.get(step) or in_words(step)) if step else "Finish"


def _since(days: Iterable[tuple[date, FlowFacts]], order: tuple[str, ...]) -> date | None:
    """The first day counted with these steps, where one before was not."""
    fit = [(day, each.order == order) for day, each in days]
    if all(is_fit for _, is_fit in fit):
        return None
    return min((day for day, is_fit in fit if is_fit), default=None)


def by_day(service: int, period: Period) -> list[Day]:
    """Events and distinct visits of each local day on which something happened."""
    told = facts.figures(service, period.first, period.last, TOTALS, by=ALL)
    return [Day(day, each.events, each.visits) for day, each in told]


def speed(service: int, period: Period) -> list[Speed]:
    """The 25 pages with most measured loads, a row for each page and measure."""
    rows: dict[tuple[str, str], list[SpeedFacts]] = {}
    loads: dict[str, int] = {}
    for _, each in facts.speed(service, period.first, period.last):
        rows.setdefault((each.page, each.name), []).append(each)
        loads[each.page] = loads.get(each.page, 0) + each.loads
    most = sorted(loads, key=lambda page: (-loads[page], page))[:MOST_PAGES]
    kept = sorted(key for key in rows if key[0] in most)
    return [_speed(speed_of_days(rows[key])) for key in kept]


def _speed(found: SpeedFacts) -> Speed:
    return Speed(found.page, found.name, found.loads, found.p75, found.good, found.poor)


def next_pages(service: int, period: Period) -> list[NextPage]:
    """The ways from page to page that most visits take."""
    visits: dict[tuple[str, str], int] = {}
    for _, each in facts.ways(service, period.first, period.last):
        way = each.page, each.next_page
        visits[way] = visits.get(way, 0) + each.visits
    most = sorted(visits, key=lambda way: (-visits[way], way))[:MOST_NEXT]
    return [NextPage(*way, visits[way]) for way in most]


def live(service: int, now: datetime) -> Live:
    """The newest event of each site of the last 30 days, and the sites that sent none."""
    first_day = (now - timedelta(days=30)).date()
    heard = msgspec.convert(ask(questions.NEWEST, service=service, first_day=first_day), list[Site])
    names = dict(models.Site.objects.filter(service=service).values_list("key", "name"))
    enabled = models.Site.objects.filter(service=service, enabled=True)
    keys = [each.site for each in heard]
    return Live(
        [msgspec.structs.replace(each, name=names.get(each.site, each.site)) for each in heard],
        list(enabled.exclude(key__in=keys).order_by("name").values_list("name", flat=True)),
    )


def in_words(key: str) -> str:
    """A key of events as people read it: `your-address` becomes `Your address`."""
    said = key.replace("-", " ").replace("_", " ").replace(".", " ").strip()
    return said[:1].upper() + said[1:] or key
