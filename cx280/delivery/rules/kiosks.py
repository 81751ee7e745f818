"""How a kiosk is doing, from when it was last heard of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from cx280.circular.implements import implements
from cx280.kernel.words import Word

LINK_HOURS = 24
# A kiosk that is on tells every half minute. Offices close at night and over long weekends.
_LATELY = timedelta(minutes=10)
_SILENT = timedelta(hours=24)


class Health(Word):
    """How a kiosk is doing; the label is what its tag says."""

    NEW = "new", "not set up"
    WORKING = "working", "working"
    QUIET = "quiet", "off"
    SILENT = "silent", "silent"
    ENDED = "ended", "switched off"


_TAGS = {
    Health.NEW: "waiting",
    Health.WORKING: "done",
    Health.QUIET: "quiet",
    Health.SILENT: "needs-you",
    Health.ENDED: "quiet",
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A kiosk's health with a sentence that says what to do."""

    health: Health
    words: str

    @property
    def tag(self) -> str:
        """Which of the pages' tags it wears."""
        return _TAGS[self.health]


@implements("280.10-k5")
def condition(
    *,
    now: datetime,
    set_up_at: datetime | None,
    last_seen_at: datetime | None,
    revoked_at: datetime | None,
    waiting: int = 0,
    refused: int = 0,
) -> Condition:
    """How the kiosk is doing at `now`; silence is told plainly, and what may be lost by it."""
    if revoked_at is not None:
        return Condition(Health.ENDED, "Takes no answers any more.")
    if set_up_at is None or last_seen_at is None:
        return Condition(Health.NEW, "Open its link on the device, within 24 hours.")
    ago = now - last_seen_at
    kept = _kept(waiting, refused)
    if ago <= _LATELY:
        return Condition(Health.WORKING, kept.strip() or "Nothing waits on it.")
    silence = f"Not heard of for {in_words(ago)}."
    if ago <= _SILENT:
        return Condition(Health.QUIET, silence + kept)
    ask = " Is it on, and has it a network? Keep its browser’s data until it is heard of again."
    return Condition(Health.SILENT, silence + kept + ask)


def _kept(waiting: int, refused: int) -> str:
    said = ""
    if waiting:
        said += f" {waiting:,} answer{' waits' if waiting == 1 else 's wait'} on it to be sent."
    if refused:
        said += f" {refused:,} could not be stored and stay{'s' if refused == 1 else ''} on it."
    return said


def in_words(ago: timedelta) -> str:
    """`12 minutes`, `5 hours`, `3 days`: whole, the largest that fits."""
    for size, name in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        count = int(ago.total_seconds() // size)
        if count >= 1:
            return f"{count:,} {name}{'' if count == 1 else 's'}"
    return "a moment"
