"""What fell, as the facts of a message: what happens, where, how bad, since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cx280.alarms.rules.message import Concern, Facts, shortened
from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import EVENTS, is_worse_higher
from cx280.alarms.rules.wording import Measure, Seen

_HOUR = timedelta(hours=1)
_LONGEST_WHERE = 160
# What is counted, or what a share is of, in the plural.
_OF = {
    Kind.FLOW: "completions",
    Kind.COMPLETION: "visits that began",
    Kind.STEP: "visits that got there",
    Kind.SPEED: "page loads",
    Kind.SCORE: "answers",
    Kind.UNIT_SCORE: "answers",
    Kind.ANSWERS: "answers",
}
# What those of a share did; of answers to a survey, that they agreed.
_DID = {
    Kind.COMPLETION: "were finished",
    Kind.STEP: "went on",
    Kind.SPEED: "were slow",
}
# How long a count is counted.
_IN = {
    Kind.EVENTS_BY_HOUR: " in an hour",
    Kind.EVENTS_BY_DAY: " in a day",
    Kind.FLOW: " in a day",
    Kind.ANSWERS: " in a day",
    Kind.DRIFT: " a day on average",
}
# A share as people would say it: by how the label of the figure begins.
_AS_SAID = (
    ("Share that completes ", "fewer complete "),
    ("Share from ", "fewer get from "),
    ("Pages that ", "more pages "),
)


@dataclass(frozen=True, slots=True)
class Fallen:
    """One watched figure of an incident as it was told; None: nothing was expected yet.

    period, end: of the look; since: when the change began; label: what people call the watch.
    """

    kind: Kind
    key: str
    label: str
    service: str
    period: datetime
    end: datetime
    since: datetime
    seen: float
    expected: float | None
    low: float | None
    high: float | None
    n: int
    once_in_days: float
    silent: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where an incident is read and taken, and whether its data are simulated."""

    incident: int
    address: str
    acknowledge: str
    simulated: bool = False


def worst_first(falls: Sequence[Fallen]) -> list[Fallen]:
    """What is silent first, then what chance does least often."""
    return sorted(falls, key=lambda each: (not each.silent, -each.once_in_days))


def facts_of(falls: Sequence[Fallen], zone: str, place: Place) -> Facts:
    """The facts of these figures, at least one, the worst of which leads; times by that zone."""
    order = worst_first(falls)
    first = order[0]
    services = list(dict.fromkeys(each.service for each in order))
    several = len(services) > 1
    return Facts(
        incident=place.incident,
        service=f"{len(services)} services" if several else services[0],
        said=said(first),
        where=shortened(_listed(services) if several else _where(order), _LONGEST_WHERE),
        concern=Concern.SEVERAL if several else concern_of(first),
        seen=seen_of(first),
        since=first.since.astimezone(ZoneInfo(zone)),
        once_in_days=first.once_in_days,
        address=place.address,
        acknowledge=place.acknowledge,
        simulated=place.simulated,
    )


def said(fall: Fallen) -> str:
    """`page views stopped`, `errors went up`, `trust fell`, `fewer complete “Renew”`."""
    for label, words in _AS_SAID:
        if fall.label.startswith(label):
            return f"{words}{fall.label.removeprefix(label)}"
    name = _lower(name_of(fall))
    if fall.silent:
        return f"{name} stopped"
    return f"{name} {'went up' if _rose(fall) else 'fell'}"


def name_of(fall: Fallen) -> str:
    """What people call the figure, without how often it is counted."""
    return fall.label.split(", by the ")[0].removesuffix(", over weeks")


def concern_of(fall: Fallen) -> Concern:
    """What kind of thing went wrong."""
    if fall.silent:
        return Concern.SILENCE
    if fall.kind is Kind.DRIFT:
        return Concern.DRIFT
    return Concern.RISE if _rose(fall) else Concern.FALL


def seen_of(fall: Fallen) -> Seen:
    """The figure beside what was to be expected, with its n."""
    of = _OF.get(fall.kind) or EVENTS.get(fall.key, "Events").lower()
    of += _IN.get(fall.kind, "")
    if fall.silent:
        hours = max((fall.end - min(fall.since, fall.period)) / _HOUR, 1.0)
        return Seen(Measure.SILENCE, hours, fall.low, fall.high, None, of)
    if fall.kind.is_share:
        did = "agreed" if fall.kind.is_of_survey else _DID.get(fall.kind, "")
        return Seen(Measure.SHARE, fall.seen, fall.low, fall.high, fall.n, of, did)
    return Seen(Measure.COUNT, fall.seen, fall.low, fall.high, fall.n, of)


def tells_too_few(kind: Kind, seen: float, n: int, smallest: int) -> bool:
    """Whether figures could tell of fewer people than may be shown; that nobody came is no secret.

    Of a share, those who do and those who do not are both people.
    """
    if kind.is_share:
        good = round(seen * n)
        return n < smallest or good < smallest or n - good < smallest
    return 0 < seen < smallest


def cannot_wait(falls: Sequence[Fallen]) -> bool:
    """Whether to tell of it in quiet hours too: a website is silent, or has lost half or more."""
    return any(
        each.kind in {Kind.EVENTS_BY_HOUR, Kind.EVENTS_BY_DAY, Kind.FLOW}
        and not is_worse_higher(each.kind, each.key)
        and (each.silent or (each.expected is not None and each.seen < each.expected / 2))
        for each in falls
    )


def _where(order: Sequence[Fallen]) -> str:
    """`Website`, `Survey, website`; with what else fell."""
    places = list(dict.fromkeys("Survey" if each.kind.is_of_survey else "Website"
                                for each in order))  # fmt: skip
    others = list(dict.fromkeys(_lower(name_of(each)) for each in order))[1:]
    also = f", also {_listed(others)}" if others else ""
    return f"{' and '.join(places)}{also}"


def _rose(fall: Fallen) -> bool:
    return fall.expected is not None and fall.seen > fall.expected


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _lower(name: str) -> str:
    return name[:1].lower() + name[1:]
