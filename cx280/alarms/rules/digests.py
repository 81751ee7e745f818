"""What a digest of alarms says: what needs somebody, what is over, which services were quiet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from statistics import median
from zoneinfo import ZoneInfo

from cx280.alarms.rules.message import one_line
from cx280.alarms.rules.vocabulary import Pace
from cx280.alarms.rules.wording import lasting, since
from cx280.circular.implements import implements
from cx280.pages.written import longdate, number

# Under so many, "half of them" says nothing.
_FEWEST = 3
_MOST_NAMES = 10


@dataclass(frozen=True, slots=True)
class Story:
    """An incident up to now. taken_at, over_at: None where nobody took it, where it goes on.

    service: that, or `3 services`; `fell` then names them, or they would be called quiet.
    """

    incident: int
    service: str
    what: str
    opened_at: datetime
    taken_at: datetime | None
    over_at: datetime | None
    address: str
    put_off_until: datetime | None = None
    fell: tuple[str, ...] = ()


class Part(Enum):
    """The parts of a digest, in order; each incident stands in one."""

    NEEDS = "Nobody has taken it"
    TAKEN = "Somebody is on it"
    OFF = "Put off"
    OVER = "Over"


@dataclass(frozen=True, slots=True)
class Line:
    """An incident in a digest: what, and how it stands."""

    what: str
    how: str
    address: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest in words. `parts` has no empty part."""

    subject: str
    opening: str
    parts: tuple[tuple[str, tuple[Line, ...]], ...]
    quiet: str  # "" where no service was quiet
    speed: str  # how soon alarms were taken and over; "" for too few
    simulated: bool = False  # all of it is


@implements("280.7-h3")
def digest_of(
    stories: Iterable[Story],
    services: Iterable[str],
    pace: Pace,
    now: datetime,
    zone: str,
    *,
    simulated: bool = False,
) -> Digest:
    """The digest that goes out at `now`: of the day, week or month that ended last, in the zone.

    What is still open is as of now. pace: any but at once. services: the names of all that the
    reader has to do with.
    """
    here = now.astimezone(ZoneInfo(zone))
    first, after = period_of(pace, here.date())
    begin, end = _midnight(first, zone), _midnight(after, zone)
    told = [each for each in stories if each.opened_at < end and not _over_before(each, begin)]
    told.sort(key=lambda each: (each.opened_at, each.incident))
    groups = [(part, [each for each in told if part_of(each, now) is part]) for part in Part]
    when = period_words(pace, first)
    loud = {one_line(name) for each in told for name in (each.service, *each.fell)}
    quiet = sorted({one_line(each) for each in services} - loud)
    return Digest(
        subject=_subject(dict(groups), when, len(told)),
        opening=_opening(told, begin, when),
        parts=tuple(
            (part.value, tuple(_line(each, begin, now, zone) for each in group))
            for part, group in groups
            if group
        ),
        quiet=_quiet(quiet),
        speed=_speed([each for each in told if each.opened_at >= begin]),
        simulated=simulated,
    )


def period_of(pace: Pace, today: date) -> tuple[date, date]:
    """The first day of the period that ended last, and the day after it."""
    if pace is Pace.DAILY:
        return today - timedelta(days=1), today
    if pace is Pace.WEEKLY:
        monday = today - timedelta(days=today.weekday())
        return monday - timedelta(days=7), monday
    after = today.replace(day=1)
    return (after - timedelta(days=1)).replace(day=1), after


def period_words(pace: Pace, first: date) -> str:
    """`Thursday, January 27, 2022`, `the week of Monday, January 24, 2022`, `January 2022`."""
    if pace is Pace.MONTHLY:
        return f"{first:%B %Y}"
    return f"the week of {longdate(first)}" if pace is Pace.WEEKLY else longdate(first)


def part_of(story: Story, now: datetime) -> Part:
    """The one part of the digest in which an incident stands."""
    if story.over_at is not None:
        return Part.OVER
    if story.put_off_until is not None and story.put_off_until > now:
        return Part.OFF
    return Part.TAKEN if story.taken_at is not None else Part.NEEDS


def _midnight(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


def _over_before(story: Story, begin: datetime) -> bool:
    return story.over_at is not None and story.over_at < begin


def _subject(groups: dict[Part, list[Story]], when: str, told: int) -> str:
    needs = len(groups[Part.NEEDS])
    if needs:
        return f"{_alarms(needs)} need{'s' if needs == 1 else ''} you"
    if told:
        return f"Nothing needs you: {_alarms(told)}, {when}"
    return f"Nothing needs you: no alarms, {when}"


def _opening(told: Sequence[Story], begin: datetime, when: str) -> str:
    new = sum(each.opened_at >= begin for each in told)
    over = sum(each.over_at is not None for each in told)
    still = len(told) - over
    if not told:
        return f"No alarms, {when}."
    began = _alarms(new, "new") if new else "No new alarms"
    ended = f"{over or 'None'} {'is' if over == 1 else 'are'} over"
    open_ = f"{still or 'none'} {'is' if still == 1 else 'are'} still open"
    return f"{began}, {when}. {ended}, {open_}."


def _alarms(many: int, kind: str = "") -> str:
    return f"{number(many)} {f'{kind} ' if kind else ''}alarm{'' if many == 1 else 's'}"


def _line(story: Story, begin: datetime, now: datetime, zone: str) -> Line:
    began = since(story.opened_at.astimezone(ZoneInfo(zone)))
    if story.over_at is not None:
        how = f"Began {began}, over after {lasting(story.over_at - story.opened_at)}."
    else:
        how = f"Since {began}, for {lasting(now - story.opened_at)} now."
    if part_of(story, now) is Part.OFF and story.put_off_until:
        how += f" Comes back {since(story.put_off_until.astimezone(ZoneInfo(zone)))}."
    return Line(one_line(story.what), how, story.address, is_new=story.opened_at >= begin)


def _quiet(names: Sequence[str]) -> str:
    """`Quiet: Boat permit and Passport renewal.`"""
    if not names:
        return ""
    shown, rest = names[:_MOST_NAMES], len(names) - _MOST_NAMES
    if rest > 0:
        shown = [*shown, f"{number(rest)} more"]
    listed = shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
    return f"Quiet: {listed}."


def _speed(new: Sequence[Story]) -> str:
    taken = [each.taken_at - each.opened_at for each in new if each.taken_at]
    over = [each.over_at - each.opened_at for each in new if each.over_at]
    said = [
        f"Half of {len(spans)} were {word} within {lasting(_middle(spans))}."
        for word, spans in (("taken", taken), ("over", over))
        if len(spans) >= _FEWEST
    ]
    return " ".join(said)


def _middle(spans: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(each.total_seconds() for each in spans))
