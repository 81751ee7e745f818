"""What an alarm says to a person: what, where, how bad, since when, what to do.

Made of figures and names of services alone: no comment and nothing personal can be in it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from cx280.alarms.rules.vocabulary import Cause
from cx280.alarms.rules.wording import Seen, how_bad, how_rare, lasting
from cx280.alarms.rules.wording import since as in_words
from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.kernel.words import Word

LONGEST_HEADLINE = 60
MOST_STEPS = 3


class Told(Word):
    """Why a message is sent; the label opens it."""

    OPENED = "opened", "New"
    WORSE = "worse", "Getting worse"
    ESCALATED = "escalated", "Nobody has answered"
    REMINDED = "reminded", "Put off until now"
    RESOLVED = "resolved", "Over"


class Concern(Word):
    """What kind of thing went wrong; it decides what to do first."""

    FALL = "fall", "Fell"
    RISE = "rise", "Rose"
    DRIFT = "drift", "Drifts"
    SILENCE = "silence", "Nothing comes"
    SEVERAL = "several", "Several services"


@dataclass(frozen=True, slots=True)
class Facts:
    """An incident as plain facts; `message_of` puts them into words.

    said: what happens, without the service: `far fewer people finish`. since: aware, in the time
    zone of the readers. once_in_days: how many days of looking chance needs for one like it.
    address, acknowledge: the pages of the incident and of taking it.
    """

    incident: int
    service: str
    said: str
    where: str
    concern: Concern
    seen: Seen
    since: datetime
    once_in_days: float
    address: str
    acknowledge: str
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Over:
    """That an incident is over: when, in the time zone of the readers, and what ended it."""

    at: datetime
    cause: Cause


@dataclass(frozen=True, slots=True)
class Message:
    """One alarm in words, the same for every channel. Raises Unusable for one nobody could read.

    over_at: when it was over, for RESOLVED. follows: the delivery, if any, by which its reader was
    first told of the incident; a letter answers that letter.
    """

    incident: int
    kind: Told
    service: str
    what: str  # the headline, at most 60 characters: `Permit: far fewer people finish`
    whole: str  # the headline uncut, for a letter, which has room
    where: str
    how_bad: str
    how_rare: str
    since: datetime
    what_to_do: tuple[str, ...]
    address: str
    acknowledge: str  # opens a page; reading it changes nothing
    simulated: bool = False
    over_at: datetime | None = None
    follows: str = ""

    def __post_init__(self) -> None:
        """Holds the promises that each channel relies on."""
        if self.since.tzinfo is None:
            raise Unusable("The time of an alarm has no time zone.", field="since")
        if len(self.what) > LONGEST_HEADLINE:
            raise Unusable(
                f"A headline has at most {LONGEST_HEADLINE} characters; this has {len(self.what)}.",
                field="what",
                fix="Shorten it with `headline`.",
            )
        if not 1 <= len(self.what_to_do) <= MOST_STEPS:
            raise Unusable(f"An alarm says one to {MOST_STEPS} things to do.", field="what_to_do")
        lines = (self.service, self.whole, self.what, self.where, self.how_bad, self.how_rare)
        if any(each != one_line(each) for each in (*lines, *self.what_to_do)):
            raise Unusable("A line of an alarm breaks or has control characters.", field="what")

    @property
    def subject(self) -> str:
        """What and where, and first of all whether it is new: the line that is always read."""
        told = "" if self.kind is Told.OPENED else f"{self.kind.label}: "
        return f"{'Simulated: ' if self.simulated else ''}{told}{self.what} ({self.where})"

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """Where, since when and how rare; of what is over, how long it lasted."""
        if self.over_at is None:
            return (("Where", self.where), ("Since", in_words(self.since)),
                    ("How rare", self.how_rare))  # fmt: skip
        return (("Where", self.where), ("Began", in_words(self.since)),
                ("Over", in_words(self.over_at)), ("Lasted", lasting(self.over_at - self.since))
               )  # fmt: skip


_ENDED = {
    Cause.RECOVERED: "It is back to what was expected.",
    Cause.PERSON: "Somebody closed it.",
    Cause.MUTED: "It is no longer watched, so it was closed.",
}


@implements("280.7-h3")
def message_of(
    facts: Facts,
    kind: Told,
    *,
    smallest: int,
    over: Over | None = None,
    began: str = "",
    follows: str = "",
) -> Message:
    """What is told of an incident. smallest: counts under it are never said.

    over: for RESOLVED. began: for WORSE, a sentence on how it was. follows: see Message.
    """
    bad = _ENDED[over.cause] if over else f"{how_bad(facts.seen, smallest)} {began}"
    return Message(
        incident=facts.incident,
        kind=kind,
        service=one_line(facts.service),
        what=headline(facts.service, facts.said),
        whole=one_line(f"{facts.service}: {facts.said}"),
        where=one_line(facts.where),
        how_bad=one_line(bad),
        how_rare=how_rare(facts.once_in_days),
        since=facts.since,
        what_to_do=what_to_do(kind, facts.concern),
        address=facts.address,
        acknowledge=facts.acknowledge,
        simulated=facts.simulated,
        over_at=over.at if over else None,
        follows=follows,
    )


def headline(service: str, said: str) -> str:
    """`Permit: far fewer people finish`, at most 60 characters; a long name gives way first."""
    service, said = one_line(service), one_line(said)
    said = shortened(said, LONGEST_HEADLINE - 12)
    return one_line(f"{shortened(service, LONGEST_HEADLINE - 2 - len(said))}: {said}")


def shortened(text: str, most: int) -> str:
    """The text, cut at a word and ended with `…` where it has more than `most` characters."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    words = cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut
    return f"{words.rstrip(' ,;:–-')}…"


def one_line(text: str) -> str:
    """The text on one line, blanks of every kind as one; names come from people."""
    return " ".join(
        "".join(" " if unicodedata.category(each) in _UNREAD else each for each in text).split()
    )


# Controls, formats (which could turn a line around), and breaks of lines and paragraphs.
_UNREAD = {"Cc", "Cf", "Zl", "Zp", "Cs"}


def what_to_do(kind: Told, concern: Concern) -> tuple[str, ...]:
    """One to three steps, the first one first."""
    if kind is Told.RESOLVED:
        return ("Nothing now. If you know why it happened, write that on the page of the alarm.",)
    first = "Say that you are on it, so that others know."
    if kind is Told.REMINDED:
        first = "You put this off until now, and it goes on. Say that you are on it."
    if kind is Told.WORSE:
        first = "Ask whoever is on it whether they need help. If nobody is, say that you are."
    if kind is Told.ESCALATED:
        first = "Nobody has taken this yet. Say that you are on it, or call who should be."
    return (first, *_LOOK[concern])


_LOOK = {
    Concern.FALL: (
        "Open the alarm: it shows when it began and what else moved then.",
        "Try the service yourself, on a phone too.",
    ),
    Concern.RISE: (
        "Open the alarm: it shows when it began and what else moved then.",
        "Ask whether something was launched, announced or broken at that time.",
    ),
    Concern.DRIFT: (
        "Open the alarm: it shows the level of earlier weeks beside today’s.",
        "Ask what has changed little by little: wording, staff, waiting times.",
    ),
    Concern.SILENCE: (
        "Open the website and see whether it works.",
        "If it does, ask who runs it whether our script was taken off its pages.",
    ),
    Concern.SEVERAL: (
        "Open the alarm: it lists the services that fell together.",
        "Look for what they share: sign-in, hosting, the network, a banner.",
    ),
}
