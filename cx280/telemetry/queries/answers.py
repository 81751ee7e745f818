"""What people did on the digital channels of a service, as the lake answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import msgspec

from cx280.telemetry import models
from cx280.telemetry.queries.lake import ask
from cx280.telemetry.rules import questions
from cx280.telemetry.rules.funnels import (
    Completion,
    Place,
    Stage,
    completion,
    finding,
    stages,
)
from cx280.telemetry.rules.periods import Period

# How long a visit may take from one step to the next, as a visit ends in most counts of the web.
WITHIN = timedelta(minutes=30)
# A step that fewer of those who started ever reach is a side way, not a part of the flow.
LEAST_OF_STARTS = 0.05
MOST_STEPS = 12


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


class FlowDay(msgspec.Struct, frozen=True):
    """Distinct visits that told an event of one kind of one flow, on one local day."""

    local_day: date
    flow: str
    kind: str
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
    """The funnel of one flow. side_steps: steps left out because few who start take them."""

    flow: str
    stages: list[Stage]
    finding: str
    done: Done
    side_steps: list[str]


@dataclass(frozen=True, slots=True)
class Live:
    """When the newest event of each site came."""

    sites: list[Site]
    silent: list[str]  # names of enabled sites of which nothing came in the last 30 days

    @property
    def newest(self) -> datetime | None:
        """When the newest event of all sites came in; None where none did in the last 30 days."""
        return max((each.received for each in self.sites), default=None)


def things(service: int, period: Period, now: datetime, smallest: int) -> list[Done]:
    """What people came to do, most started first."""
    rows = ask(questions.THINGS, **_asked(service, period), settled=_settled(period, now))
    with_outcome = {str(row["flow"]) for row in ask(questions.OUTCOMES, service=service)}
    return [
        _done(each, has_outcome=each.flow in with_outcome, smallest=smallest)
        for each in msgspec.convert(rows, list[Thing])
    ]


def _done(thing: Thing, *, has_outcome: bool, smallest: int) -> Done:
    found = completion(thing.started, thing.finished, has_outcome=has_outcome, smallest=smallest)
    return Done(thing, found, shown=thing.started == 0 or thing.started >= smallest)


def flow_answer(
    service: int,
    flow: str,
    period: Period,
    now: datetime,
    smallest: int,
    declared: Sequence[tuple[str, str]] = (),
) -> FlowAnswer:
    """Where people stop in a flow. declared: (step, name) in order; else steps as visits took them.

    Visits that began in the last half hour are left out: they have not had their time.
    """
    asked = {**_asked(service, period), "flow": flow}
    mine = [each for each in things(service, period, now, smallest) if each.thing.flow == flow]
    done = mine[0] if mine else _done(Thing(flow, 0, 0), has_outcome=False, smallest=smallest)
    seen = [(str(row["step"]), int(str(row["visits"]))) for row in ask(questions.STEPS, **asked)]
    enough = LEAST_OF_STARTS * done.thing.started
    steps = list(declared) or [(step, in_words(step)) for step, n in seen if n >= enough]
    steps = steps[:MOST_STEPS]
    named = {step for step, _ in steps}
    ends = done.completion.finished is not None or done.thing.finished > 0
    rows = ask(
        questions.funnel(len(steps), ends=ends),
        **asked,
        **{f"step_{at}": step for at, (step, _) in enumerate(steps, start=1)},
        within=WITHIN.total_seconds(),
        settled=_settled(period, now),
    )
    names = ["Start", *(name for _, name in steps), *(["Finish"] if ends else [])]
    places = [
        Place(name, int(str(row["visits"])), _number(row["median_seconds"]))
        for name, row in zip(names, rows, strict=False)
    ]
    shown = stages(places, smallest)
    side = [in_words(step) for step, _ in seen if step not in named]
    return FlowAnswer(flow, shown, finding(shown), done, side)


def by_day(service: int, period: Period) -> list[Day]:
    """Events and distinct visits of each local day on which something happened."""
    rows = ask(questions.facts_by_day(period.offsets), **_asked(service, period))
    return msgspec.convert(rows, list[Day])


def flow_days(service: int, period: Period) -> list[FlowDay]:
    """Visits of each local day by flow and kind of event."""
    sql = questions.facts_by_day(period.offsets, ["flow", "kind"])
    return msgspec.convert(ask(sql, **_asked(service, period)), list[FlowDay])


def speed(service: int, period: Period) -> list[Speed]:
    """The 25 pages with most measured loads, a row for each page and measure."""
    return msgspec.convert(ask(questions.SPEED, **_asked(service, period)), list[Speed])


def next_pages(service: int, period: Period) -> list[NextPage]:
    """The ways from page to page that most visits take."""
    return msgspec.convert(ask(questions.NEXT_PAGES, **_asked(service, period)), list[NextPage])


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


def _asked(service: int, period: Period) -> dict[str, object]:
    return {"service": service, **period.parameters}


def _settled(period: Period, now: datetime) -> datetime:
    return min(period.end, now) - WITHIN


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))
