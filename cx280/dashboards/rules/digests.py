"""When a digest is due, and what it says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from cx280.circular.implements import implements
from cx280.dashboards.rules.headlines import Moved
from cx280.dashboards.rules.needs import Need
from cx280.kernel.words import Word
from cx280.pages.written import longdate, number, percent


class Cadence(Word):
    """How often a digest is sent."""

    NEVER = "never", "Never"
    DAILY = "daily", "Every day"
    WEEKLY = "weekly", "Every Monday"
    MONTHLY = "monthly", "On the first of each month"


@implements("280.10-l1")
def is_due(cadence: Cadence, sent_on: date | None, today: date) -> bool:
    """Whether a digest is to be sent today; one missed (the system was down) is made up for."""
    if cadence is Cadence.NEVER:
        return False
    latest = _latest_day(cadence, today)
    if sent_on is None:
        return latest == today  # chosen in between: the first comes on the next such day
    return sent_on < latest


def _latest_day(cadence: Cadence, today: date) -> date:
    """The last day, today included, on which a digest of that cadence goes out."""
    if cadence is Cadence.WEEKLY:
        return today - timedelta(days=today.weekday())
    return today.replace(day=1) if cadence is Cadence.MONTHLY else today


def subject_of(needs: int) -> str:
    """`3 things need you`, `Nothing needs you`."""
    if needs == 0:
        return "Nothing needs you"
    return f"{needs} thing{'' if needs == 1 else 's'} need{'s' if needs == 1 else ''} you"


def text_of(
    needs: Iterable[tuple[Need, str]],
    services: Iterable[tuple[str, str, Moved | None, Moved | None]],
    today: date,
) -> str:
    """The message in plain text. needs: each with its address; services: name, address, trust,
    satisfaction (None: too few to show)."""
    lines = [longdate(today), ""]
    for need, address in needs:
        lines += [need.what, need.evidence, address, ""]
    lines += ["Your services", ""]
    for name, address, trust, satisfaction in services:
        lines += [name, f"Trust {_said(trust)}", f"Satisfaction {_said(satisfaction)}", address, ""]
    lines.append("You chose to get this. Change how often on your Today page.")
    return "\n".join(lines).replace("\N{NO-BREAK SPACE}", " ")


def _said(now: Moved | None) -> str:
    if now is None or now.share.share is None:
        return "has too few answers to show"
    said = f"{percent(now.share.share)}, {now.share.sure}"
    if now.share.bounds:
        said += f", from {number(now.share.n)} answers"
    return f"{said}; {now.change}" if now.change else said
