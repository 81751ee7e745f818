"""Visits to twenty websites of very different size, a day at a time: events as cx.js tells.

Weekdays, the season of the year and hours as people live them; visits of a few pages with how fast
those were, clicks and files taken; a third begin a flow, stop at its steps as people do, meet
errors, and sometimes finish. Robots, languages, devices, channels. A day depends on the seed and
its date alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import numpy as np

from cx280.lake.tables import schema

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Real = NDArray[np.float64]

SERVICES = 20
# What a visit tells on average: how many visits make a number of events.
EVENTS_A_VISIT = 7.19
KINDS = ["page_view", "click", "other", "transaction_start", "transaction_complete", "error"]
_VIEW, _CLICK, _OTHER, _START, _COMPLETE, _ERROR = range(6)
NAMES = ["", "step", "lcp", "cls", "inp", "abandon", "helpful", "download", "outbound",
         "required", "format", *(f"choose-{n}" for n in range(12))]  # fmt: skip
FLOWS = ["", "apply", "renew", "report-a-change", "check-status"]
_ALPHABETIC = np.argsort(np.argsort(FLOWS))
STEPS = ["", "who-you-are", "your-address", "your-papers", "check-and-send"]
UNITS = ["", "s", "ms", "score"]
# Of those who see a step the share that goes on, for an even service; larger ones do better.
_ON = (0.93, 0.74, 0.82, 0.95)
_PAGES = 400  # of a service
# Visits by hour of the day, UTC: quiet while the country sleeps.
_HOURS = np.array(
    [8, 6, 5, 3, 2, 2, 1, 1, 1, 2, 3, 5, 9, 13, 16, 17, 17, 17, 16, 16, 15, 13, 12, 10]
)
_WEEKDAYS = (1.2, 1.15, 1.1, 1.05, 1.0, 0.5, 0.45)
_SAID = ("name", "page", "flow", "step", "unit")
_DAY_SECONDS = 86_400
_SECOND = 1_000_000


@dataclass(slots=True)
class Told:
    """Events of one sort: of which visits, seconds after the visit began, and what they say."""

    visit: Whole
    after: Real
    kind: int
    name: int | Whole = 0
    page: int | Whole = 0
    flow: int | Whole = 0
    step: int = 0
    unit: int = 0
    value: Real | None = None


def weight(day: date) -> float:
    """How busy a day is beside others: weekdays, and a peak in spring and autumn."""
    season = 1 + 0.2 * float(np.cos(2 * np.pi * (day.timetuple().tm_yday - 100) / 182.5))
    return _WEEKDAYS[day.weekday()] * season


def a_day(day: date, events: int, seed: int) -> pa.Table:
    """About that many events of one UTC day in the lake's columns, by service, flow and time."""
    chance = np.random.default_rng([seed, day.toordinal()])
    visits = max(1, round(events / EVENTS_A_VISIT))
    service = _of(chance, 1 / np.arange(1, SERVICES + 1), visits) + 1
    told = [*_pages(service, chance), *_flows(service, chance)]
    visit = np.concatenate([each.visit for each in told])
    after = np.concatenate([each.after for each in told])
    at = _begin(visit, after, visits, chance) + np.round(after * _SECOND).astype(np.int64)
    order = np.lexsort((at, _ALPHABETIC[_column(told, "flow")], service[visit]))
    codes = {name: _column(told, name)[order] for name in ("kind", *_SAID)}
    values = [np.full(len(e.visit), np.nan) if e.value is None else e.value for e in told]
    return _table(
        day, service, visit[order], at[order], codes, np.concatenate(values)[order], chance
    )


def _of(chance: np.random.Generator, shares: Real, count: int) -> Whole:
    """That many numbers from 0, each as often as its share of all shares says."""
    steps = np.cumsum(shares / shares.sum())
    return np.minimum(np.searchsorted(steps, chance.random(count)), len(shares) - 1)


def _begin(visit: Whole, after: Real, visits: int, chance: np.random.Generator) -> Whole:
    """When each event's visit began, in microseconds of the day, so that it ends within the day."""
    longest = np.zeros(visits)
    np.maximum.at(longest, visit, after)
    hour = _of(chance, _HOURS.astype(float), visits)
    begun = np.minimum(hour * 3600 + chance.random(visits) * 3600, _DAY_SECONDS - 1 - longest)
    found: Whole = (np.maximum(begun, 0) * _SECOND).astype(np.int64)[visit]
    return found


def _pages(service: Whole, chance: np.random.Generator) -> list[Told]:
    """Pages seen, how fast they were, clicks, files and “was this helpful”."""
    visits = len(service)
    seen = np.minimum(chance.geometric(0.45, visits), 30)
    visit = np.repeat(np.arange(visits), seen)
    place = np.arange(len(visit)) - np.repeat(np.cumsum(seen) - seen, seen)
    after = place * 42.0 + chance.exponential(15, len(visit)) * (place > 0)
    number = np.minimum(chance.zipf(1.35, len(visit)), _PAGES)
    page = (service[visit] - 1) * _PAGES + number
    slow = 1 + 0.5 * (number % 7 == 3) + 0.02 * service[visit]
    first = np.flatnonzero((place == 0) & (chance.random(len(visit)) < 0.72))
    again = np.flatnonzero(chance.random(len(visit)) < 0.18)
    clicked = np.flatnonzero(chance.random(len(visit)) < 0.62)
    asked = np.flatnonzero(chance.random(len(visit)) < 0.025)

    def at(where: Whole, seconds: float, kind: int, **said: object) -> Told:
        later = after[where] + seconds * (0.5 + chance.random(len(where)))
        return Told(visit[where], later, kind, page=page[where], **said)  # type: ignore[arg-type]

    lcp = np.round(chance.lognormal(7.4, 0.5, len(first)) * slow[first])
    cls = np.round(chance.exponential(0.06, len(first)), 4)
    inp = np.round(chance.lognormal(4.8, 0.7, len(again)) / 8) * 8
    helpful = (chance.random(len(asked)) < 0.7).astype(float)
    return [
        Told(visit, after, _VIEW, page=page),
        at(first, 9, _OTHER, name=2, unit=2, value=lcp),
        at(first, 9, _OTHER, name=3, unit=3, value=cls),
        at(again, 12, _OTHER, name=4, unit=2, value=inp),
        at(clicked, 15, _CLICK, name=7 + _of(chance, 1 / np.arange(1.0, 16), len(clicked))),
        at(asked, 25, _OTHER, name=6, value=helpful),
    ]


def _flows(service: Whole, chance: np.random.Generator) -> list[Told]:
    """A third of the visits begin a flow and go from step to step until they stop or finish."""
    visit = np.flatnonzero(chance.random(len(service)) < 0.34)
    flow = 1 + _of(chance, 1 / np.arange(1, len(FLOWS)), len(visit))
    begun = 20 + chance.exponential(60, len(visit))
    clock, spent = begun.copy(), np.zeros(len(visit))
    page = (service[visit] - 1) * _PAGES + 1 + flow
    found = [Told(visit, clock, _START, page=page, flow=flow)]
    for step, on in enumerate(_ON, start=1):
        found.append(Told(visit, clock, _OTHER, name=1, page=page, flow=flow, step=step, unit=1,
                          value=np.round(spent, 3)))  # fmt: skip
        wrong = np.flatnonzero(chance.random(len(visit)) < 0.09)
        found.append(Told(visit[wrong], clock[wrong] + 8, _ERROR, page=page[wrong],
                          flow=flow[wrong], step=step, name=9 + wrong % 2))  # fmt: skip
        spent = chance.lognormal(3.3 + 0.1 * step, 0.6, len(visit))
        clock = np.minimum(clock + spent, 4 * 3600.0)
        goes = chance.random(len(visit)) < on * (1 - 0.008 * service[visit])
        stops = ~goes & (chance.random(len(visit)) < 0.5)  # others close the page unseen
        found.append(Told(visit[stops], clock[stops], _OTHER, name=5, page=page[stops],
                          flow=flow[stops], step=step, unit=1,
                          value=np.round(clock - begun, 3)[stops]))  # fmt: skip
        visit, flow, page = visit[goes], flow[goes], page[goes]
        clock, begun, spent = clock[goes], begun[goes], spent[goes]
    took = np.round(clock - begun, 3)
    found.append(Told(visit, clock, _COMPLETE, page=page, flow=flow, unit=1, value=took))
    return found


def _column(told: list[Told], name: str) -> Whole:
    return np.concatenate(
        [np.broadcast_to(np.asarray(getattr(e, name), np.int64), len(e.visit)) for e in told]
    )


def _table(
    day: date,
    service: Whole,
    visit: Whole,
    at: Whole,
    codes: dict[str, Whole],
    value: Real,
    chance: np.random.Generator,
) -> pa.Table:
    """The columns in their order, with what an event says when nothing is said."""
    import pyarrow as pa

    visits, count = len(service), len(at)
    midnight = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * _SECOND
    pages = ["", *(f"/s{s}/topic-{n}" for s in range(1, SERVICES + 1) for n in range(_PAGES))]
    received = at + (chance.exponential(1.2, count) * _SECOND).astype(np.int64)
    device = _of(chance, np.array([0.5, 0.44, 0.06]), visits)
    language = _of(chance, np.array([0.83, 0.12, 0.02, 0.02, 0.01]), visits)
    columns: dict[str, object] = {
        "id": _random_names(count, chance),
        "site": _coded(service[visit], [f"site{n}" for n in range(SERVICES + 1)]),
        "service": pa.array(service[visit]),
        "at": pa.array(midnight + at).cast(pa.timestamp("us", "UTC")),
        "received": pa.array(midnight + received).cast(pa.timestamp("us", "UTC")),
        "kind": _coded(codes["kind"], KINDS),
        "name": _coded(codes["name"], NAMES),
        "page": _coded(codes["page"], pages),
        "visit": _random_names(visits, chance).take(pa.array(visit)),
        "visitor": pa.array(chance.integers(-(2**63), 2**63 - 1, visits)[visit]),
        "flow": _coded(codes["flow"], FLOWS),
        "step": _coded(codes["step"], STEPS),
        "value": pa.array(value, from_pandas=True),
        "unit": _coded(codes["unit"], UNITS),
        "channel": _coded(
            _of(chance, np.array([0.93, 0.07]), visits)[visit], ["website", "mobile"]
        ),
        "language": _coded(language[visit], ["en", "es", "zh", "vi", "ht"]),
        "device": _coded(device[visit], ["desktop", "mobile", "tablet"]),
        "bot": pa.array((chance.random(visits) < 0.06)[visit]),
        "day": pa.repeat(pa.scalar(day, pa.date32()), count),
    }
    plain = {"source": "script", "skewed": False}
    arrays = [
        columns.get(each.name, pa.repeat(pa.scalar(plain.get(each.name, "")), count))
        for each in schema()
    ]
    return pa.Table.from_arrays(arrays, names=schema().names).cast(schema())


def _coded(which: Whole, words: list[str]) -> pa.Array:
    import pyarrow as pa

    return pa.array(words).take(pa.array(which))


def _random_names(count: int, chance: np.random.Generator) -> pa.Array:
    """96 bits as cx.js writes them: three numbers with hyphens between."""
    import pyarrow as pa
    import pyarrow.compute as pc

    parts = [pa.array(chance.integers(0, 2**32, count, np.uint32)) for _ in range(3)]
    return pc.binary_join_element_wise(*(each.cast(pa.string()) for each in parts), "-")
