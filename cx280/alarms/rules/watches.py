"""What is watched of a service when nobody has chosen anything, and how sensitively."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log2

from cx280.alarms.rules.vocabulary import Kind
from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.kernel.words import Word

# Events that are watched, with what people call them.
EVENTS = {
    "page_view": "Page views",
    "transaction_start": "Transactions started",
    "transaction_complete": "Transactions completed",
    "error": "Errors",
}
SPEEDS = {
    "lcp": "Pages that take long to appear",
    "inp": "Pages that are slow to respond",
    "cls": "Pages that jump while loading",
}
BETWEEN = "/"
# Of 30 days, those in which a fall by the day takes up others: its own and the two beside it.
_JOINED, _LEAST_APART = 3 / 30, 0.5
# Falls for one false alarm, as most detectors tell less than they are asked for, and the less the
# more of them share it: each then stands further out, where few answers have no step left to take.
# So much for up to eight watches, so much more with each doubling, at most so much: measured, and
# kept in step, by benchmarks.detection.watched and benchmarks.detection.offices.
_FALLS, _FEW, _A_DOUBLING, _MOST_FALLS = 1.25, 8, 0.1, 1.3
# All offices of a service together weigh as much as so many figures of the whole at most, so that
# two hundred of them leave the whole its part (benchmarks/detection/offices.py).
_OFFICES = 4.0
# Offices are watched for what the Circular asks of every survey.
UNIT_QUESTIONS = ("trust", "satisfaction")
# Answers in four weeks from which on an office is watched, and under which it no longer is.
DAYS_OF_UNITS, LEAST_ANSWERS, _STILL_ENOUGH = 28, 20, 10


class Sensitivity(Word):
    """How many false alarms a month somebody can live with, for one service."""

    FOUR = "4", "About one false alarm a week"
    TWO = "2", "About two false alarms a month"
    ONE = "1", "About one false alarm a month"
    QUARTERLY = "0.33", "About one false alarm in three months"
    YEARLY = "0.08", "About one false alarm a year"

    @property
    def a_month(self) -> float:
        """False alarms a month."""
        return float(self.value)


@dataclass(frozen=True, slots=True)
class FlowKnown:
    """A flow with its declared steps, each a key and a name, in order."""

    key: str
    name: str
    steps: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class ServiceKnown:
    """What there is of a service to watch.

    has_site: an enabled website. questions: asked on a scale by a survey that is open, by what
    they ask about (trust, satisfaction, drivers), with what people call it. units: offices with
    enough answers, each a key and a name.
    """

    has_site: bool = False
    flows: Sequence[FlowKnown] = ()
    questions: Sequence[tuple[str, str]] = ()
    units: Sequence[tuple[int, str]] = ()


@dataclass(frozen=True, slots=True)
class Default:
    """A watch that exists without set-up: its kind, its key, what people call it, its office."""

    kind: Kind
    key: str
    label: str = field(compare=False)
    unit: int | None = None


@implements("280.7-h2")
def default_watches(known: ServiceKnown) -> list[Default]:
    """Page views, transactions and errors; each flow and each of its steps; speed; each question;
    trust and satisfaction of each office where there are several.

    Page views and every transaction are always among them for a service with a website.
    """
    found: list[Default] = []
    if known.has_site:
        for key, name in EVENTS.items():
            found += [Default(Kind.EVENTS_BY_HOUR, key, f"{name}, by the hour"),
                      Default(Kind.EVENTS_BY_DAY, key, f"{name}, by the day")]  # fmt: skip
        found.append(Default(Kind.DRIFT, "page_view", "Page views, over weeks"))
        found += [Default(Kind.SPEED, key, name) for key, name in SPEEDS.items()]
        found += [each for flow in known.flows for each in _of_flow(flow)]
    found += [Default(Kind.SCORE, key, name) for key, name in known.questions]
    if known.questions:
        found.append(Default(Kind.ANSWERS, "all", "Answers to the survey, by the day"))
    if len(known.units) > 1:  # of a single one the whole says the same
        found += [each for unit in known.units for each in _of_unit(unit, known.questions)]
    return found


def _of_unit(unit: tuple[int, str], questions: Sequence[tuple[str, str]]) -> Iterable[Default]:
    number, office = unit
    for key, name in questions:
        if key in UNIT_QUESTIONS:
            yield Default(Kind.UNIT_SCORE, key, f"{name} at {office}", number)


def has_enough(answers: int, *, is_watched: bool) -> bool:
    """Whether an office with so many answers in four weeks is watched; one that is, stays longer,
    so that none comes and goes."""
    return answers >= (_STILL_ENOUGH if is_watched else LEAST_ANSWERS)


def _of_flow(flow: FlowKnown) -> Iterable[Default]:
    yield Default(Kind.FLOW, flow.key, f"Completions of “{flow.name}”, by the day")
    yield Default(Kind.COMPLETION, flow.key, f"Share that completes “{flow.name}”")
    places = ["the start", *(f"“{name}”" for _, name in flow.steps), "the end"]
    for at, (before, after) in enumerate(pairwise(places)):
        if flow.steps:
            yield Default(
                Kind.STEP,
                step_key(flow.key, at),
                f"Share from {before} to {after} of “{flow.name}”",
            )


def step_key(flow: str, place: int) -> str:
    """The key of the way from one place of a funnel to the next; 0 is the start."""
    return f"{flow}{BETWEEN}{place}"


def flow_and_place(key: str) -> tuple[str, int]:
    """The flow of a key and the place its step begins at; 0 where the key names no step."""
    flow, _, place = key.rpartition(BETWEEN)
    if not flow:
        return key, 0
    if not place.isdecimal():
        raise Unusable(f"“{key}” names no step of a flow.")
    return flow, int(place)


def share_of(a_month: float, kind: Kind, among: Sequence[Kind]) -> float:
    """False alarms a month of one watch of that kind, where those of `among` share a service's.

    among: the kinds of all its watches that can tell, its own among them. What is chosen counts
    incidents: falls that join one that is there cost nobody a message, so more falls are allowed.
    Offices share one part among them, which grows little with their number.
    """
    if not a_month > 0:
        raise Unusable("False alarms a month must be more than zero; 1 is usual.")
    more = min(1 + _A_DOUBLING * log2(max(len(among), _FEW) / _FEW), _MOST_FALLS)
    falls = a_month * _FALLS * more / max(1 - a_month * _JOINED, _LEAST_APART)
    offices = max(sum(each is Kind.UNIT_SCORE for each in among), 1)
    own = _weight(kind, offices)
    return falls * own / max(sum(_weight(each, offices) for each in among), own)


def _weight(kind: Kind, offices: int) -> float:
    if kind is Kind.UNIT_SCORE:
        return _OFFICES / (offices + _OFFICES)
    return 1.0


def is_worse_higher(kind: Kind, key: str) -> bool:
    """Whether more of it is worse: errors, and slow page loads."""
    return kind is Kind.SPEED or key == "error"
