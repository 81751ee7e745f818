"""What needs somebody: one kind of thing a line, the most urgent first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from cx280.dashboards.rules.headlines import AMONG, Moved
from cx280.kernel.quarter import Quarter
from cx280.pages.written import longdate, number, percent
from cx280.stats.intervals import Verdict

# More would drown what else needs the person.
_MOST_ALARMS = 3


class Urgency(IntEnum):
    """How soon; lower comes first."""

    LATE = 0
    SOON = 1
    WORTH_A_LOOK = 2


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to look at: what it is, the evidence, and the words of the link that leads there.

    route and argument name the page; query stands behind it.
    """

    urgency: Urgency
    what: str
    evidence: str
    action: str
    route: str
    argument: str
    query: str = ""
    rule: str = ""


def urgent_comments(untaken: int, taken: int) -> Need | None:
    """Comments that cannot wait; None when all are handled. It stands above everything else."""
    if not untaken + taken:
        return None
    n = untaken + taken
    held = (
        f"{number(untaken)} of {number(n)} still need{'s' if untaken == 1 else ''} somebody"
        if untaken
        else "Somebody has each of them"
    )
    return Need(
        Urgency.LATE,
        f"{number(n)} comment{' that' if n == 1 else 's that'} cannot wait",
        f"Somebody may be in danger, or may threaten others. {held}; say so when "
        f"{'it is' if n == 1 else 'they are'} handled.",
        "Read now",
        "responses:urgent",
        "",
    )


def untaken_alarms(alarms: Sequence[tuple[int, str, str]]) -> list[Need]:
    """Each alarm that nobody has taken (number, what, how bad); more than three as one line."""
    if len(alarms) > _MOST_ALARMS:
        what = f"{number(len(alarms))} alarms wait for somebody"
        newest = f"The newest: {alarms[0][1]}."
        return [Need(Urgency.LATE, what, newest, "See them", "alarms:now", "", rule="280.7-h3")]
    return [
        Need(Urgency.LATE, what, f"{how_bad} Nobody has taken it.", "See since when",
             "alarms:incident", str(pk), rule="280.7-h3")
        for pk, what, how_bad in alarms
    ]  # fmt: skip


def falling_score(service: str, code: str, what: str, now: Moved, quarter: Quarter) -> Need | None:
    """A score that fell with evidence; None when chance may explain it."""
    if now.verdict is not Verdict.LOWER or now.difference is None or now.share.share is None:
        return None
    link = "in" if what == "Trust" else "with"
    said = now.told(f" since {now.since}", AMONG)
    why = "chance does not explain it"
    if not now.has_margin:
        why = "if the same kinds of people answered, chance does not explain it"
    if now.watched:
        why += ", however often you look"
    return Need(
        Urgency.SOON,
        f"{what} {link} {service} fell to {percent(now.share.share)}",
        f"{said[0].upper()}{said[1:]}, from {number(now.share.n)} answers in {quarter}; {why}.",
        "See where and why",
        "dashboards:service",
        code,
        f"quarter={quarter}",
        "280.8-b1",
    )


def ending_clearance(survey: str, code: str, number_: str, last_day: date, today: date) -> Need:
    """A survey that closes by itself because its clearance ends."""
    days = (last_day - today).days
    when = "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"
    if days < 0:
        when = f"{-days} days ago"
    return Need(
        Urgency.LATE if days <= 30 else Urgency.SOON,
        f"{survey} closes by itself {when}" if days >= 0 else f"{survey} lost its clearance",
        f"Clearance {number_} covers answers until {longdate(last_day)}.",
        "Look at the survey",
        "surveys:builder",
        code,
        rule="280.11-a1",
    )


def silent_survey(survey: str, code: str, last: date, today: date) -> Need:
    """An open survey that used to be answered and is no longer."""
    return Need(
        Urgency.WORTH_A_LOOK,
        f"Nobody answered {survey} for {(today - last).days} days",
        f"The last answer came on {longdate(last)}. Check that the link still stands where people "
        "find it.",
        "Look at the survey",
        "surveys:builder",
        code,
        rule="280.10-l1",
    )


def silent_kiosk(kiosk: str, office: str, code: str, last: date, waiting: int, today: date) -> Need:
    """A kiosk not heard of for days; what waits on it may be lost."""
    kept = ""
    if waiting:
        kept = f" {number(waiting)} answer{' waits' if waiting == 1 else 's wait'} on it."
    return Need(
        Urgency.SOON if waiting else Urgency.WORTH_A_LOOK,
        f"The kiosk {kiosk} in {office} is silent for {(today - last).days} days",
        f"It was last heard of on {longdate(last)}.{kept} Is it on, and has it a network?",
        "Look at the kiosks",
        "delivery:kiosks",
        code,
        rule="280.10-k5",
    )


def new_comments(
    service: str, code: str, n: int, quarter: Quarter, days: int, theme: str = ""
) -> Need:
    """New words of people who rated low; theme: the one that most of them name, if any."""
    most = f" Most often about: {theme}." if theme else ""
    return Need(
        Urgency.WORTH_A_LOOK,
        f"{number(n)} new low-rated comment{'' if n == 1 else 's'} on {service}",
        f"Written in the last {days} days by people who rated trust or satisfaction low.{most}",
        "Read them",
        "dashboards:comments",
        code,
        f"quarter={quarter}&rating=low",
    )


def quarter_package(
    service: str, pk: int, quarter: Quarter, state: str, due: date, today: date
) -> Need | None:
    """A quarter to report; None while it is far off and not returned."""
    days = (due - today).days
    returned = state == "returned"
    if days > 30 and not returned:
        return None
    doing = {"draft": "is to be finished", "returned": "came back with comments"}
    return Need(
        Urgency.LATE if days < 0 or returned else Urgency.SOON,
        f"The quarter {quarter} of {service} {doing.get(state, 'is to be sent')}",
        f"It was due {longdate(due)}, {-days} days ago."
        if days < 0
        else f"It is due {longdate(due)}, in {days} days.",
        "Open the quarter",
        "reporting:package",
        str(pk),
        rule="280.16-a1",
    )
