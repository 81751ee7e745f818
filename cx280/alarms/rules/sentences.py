"""An alarm in plain words: what, where, how bad, since when, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import is_worse_higher
from cx280.pages.written import NBSP, number, percent, points

_DAY = timedelta(days=1)


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
class Alarm:
    """What somebody reads in ten seconds; `others` are further figures that fell with it."""

    title: str
    what: str
    where: str
    how_bad: str
    since_when: str
    how_rare: str
    to_do: str
    others: tuple[str, ...] = ()


def told(falls: Sequence[Fallen], zone: str) -> Alarm:
    """The alarm of these figures, the worst of which leads; times as the clock of `zone` shows.

    At least one figure is given. What is silent is worst, then what chance does least often.
    """
    order = sorted(falls, key=lambda each: (not each.silent, -each.once_in_days))
    first, rest = order[0], order[1:]
    services = list(dict.fromkeys(each.service for each in order))
    return Alarm(
        title=_title(first, services),
        what=what(first),
        where=_listed(services),
        how_bad=how_bad(first),
        since_when=_since(first, zone),
        how_rare=how_rare(first.once_in_days),
        to_do=to_do(first),
        others=tuple(
            f"{each.service}: {_lower(what(each))}, {_lower(how_bad(each))}" for each in rest
        ),
    )


def _title(first: Fallen, services: Sequence[str]) -> str:
    if len(services) > 1:
        return f"{len(services)} services at once: {_lower(what(first))}"
    return f"{services[0]}: {_lower(what(first))}"


def what(fall: Fallen) -> str:
    """`Page views stopped`, `Page views fell`, `Share that completes “Renew” fell`."""
    name = fall.label.split(", by the ")[0].removesuffix(", over weeks")
    if fall.silent:
        return f"{name} stopped"
    rose = fall.expected is not None and fall.seen > fall.expected
    return f"{name} {'went up' if rose else 'fell'}"


def how_bad(fall: Fallen) -> str:
    """`812, where 1,410 to 1,690 were to be expected: 47 % fewer`, `70 % of 812, where …`."""
    if fall.expected is None or fall.low is None or fall.high is None:
        return f"{_amount(fall, fall.seen)}; too little is known yet to say what to expect"
    seen = "None" if fall.silent else _amount(fall, fall.seen)
    if fall.kind.is_share:
        seen = f"{seen} of {number(fall.n)}"
    expected = f"{_amount(fall, fall.low)} to {_amount(fall, fall.high)}"
    return f"{seen}, where {expected} were to be expected{_by_how_much(fall)}"


def _by_how_much(fall: Fallen) -> str:
    if not fall.expected or fall.silent:
        return ""
    change = fall.seen - fall.expected
    if fall.kind.is_share:
        return f": {points(change)}"
    return f": {percent(abs(change) / fall.expected)} {'fewer' if change < 0 else 'more'}"


def _amount(fall: Fallen, value: float) -> str:
    if fall.kind.is_share:
        return percent(value)
    return number(value)


def _since(fall: Fallen, zone: str) -> str:
    begun = moment(fall.since, fall.end - fall.period, zone)
    if fall.since >= fall.period:
        return f"Seen {begun}."
    return f"Seen {moment(fall.period, fall.end - fall.period, zone)}; it began about {begun}."


def moment(at: datetime, step: timedelta, zone: str) -> str:
    """`on Friday, May 3, 2026`; with the hours, by the clock of the zone, for shorter steps."""
    local = at.astimezone(ZoneInfo(zone))
    day = f"on {local:%A, %B} {local.day}, {local.year}"
    if step >= _DAY - timedelta(hours=2):
        return day
    end = (at + step).astimezone(ZoneInfo(zone))
    return f"{day}, {local:%H:%M} to {end:%H:%M}"


def how_rare(days: float) -> str:
    """How often chance alone does that: `Chance alone does that about once in 4 months.`"""
    if days < 7:
        return "Chance alone does that within a week."
    if days >= 3650:
        return "Chance alone does that less than once in ten years."
    many, unit = (days / 30, "months") if days >= 60 else (days, "days")
    return f"Chance alone does that about once in {number(many)}{NBSP}{unit}."


def to_do(fall: Fallen) -> str:
    """What to do first, by what fell."""
    if fall.silent:
        return _SILENT_SURVEY if fall.kind is Kind.ANSWERS else _SILENT
    if fall.key == "error" and not fall.kind.is_of_flow:
        return "Open the pages and look for what fails. Ask your web team what was released since."
    return _TO_DO[fall.kind]


_SILENT = (
    "Open the website and try it. If it works for you, ask your web team whether the cx280 script "
    "is still on its pages."
)
_SILENT_SURVEY = (
    "Open the survey’s link and answer once. Check that the page that offers it still does."
)
_TRY = (
    "Go through it yourself, on a phone too. Ask your web team what was released since then: a "
    "new page, a changed link, a form that refuses."
)
_VISITS = (
    "Open the pages people come in by, from a search engine too. Ask what changed since then: a "
    "release, a link, a campaign that ended."
)
_TO_DO = {
    Kind.EVENTS_BY_HOUR: _VISITS,
    Kind.EVENTS_BY_DAY: _VISITS,
    Kind.DRIFT: "Compare the last weeks by page and device to see where fewer people come.",
    Kind.FLOW: _TRY,
    Kind.COMPLETION: _TRY,
    Kind.STEP: _TRY,
    Kind.SPEED: "Open the slowest pages on a phone. Ask your web team what was added to them.",
    Kind.SCORE: "Read the comments of those days, and look which offices and drivers moved.",
    Kind.ANSWERS: "Check that the survey is still offered: its link, its page, its messages.",
}


def cannot_wait(falls: Sequence[Fallen]) -> bool:
    """Whether to tell of it in quiet hours too: a website is silent, or has lost half or more."""
    return any(
        each.kind in {Kind.EVENTS_BY_HOUR, Kind.EVENTS_BY_DAY, Kind.FLOW}
        and not is_worse_higher(each.kind, each.key)
        and (each.silent or (each.expected is not None and each.seen < each.expected / 2))
        for each in falls
    )


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
