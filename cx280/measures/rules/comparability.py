"""What may be compared with what: the comparability key, and the refusal with its reason."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Generic, TypeVar

from cx280.circular.edition import Edition
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, Unusable
from cx280.measures.rules.key_words import SENTENCES, part_words
from cx280.measures.rules.key_words import construct_words as construct_words
from cx280.measures.rules.scores import Counts, add_up
from cx280.surveys.rules.document import Question, SurveyDocument
from cx280.surveys.rules.scales import construct_of as construct_of
from cx280.surveys.rules.scales import has_score as has_score
from cx280.surveys.rules.vocabulary import Level, Mode, TrustObject
from cx280.surveys.rules.wording import WordingClass, classify

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """Scores may stand side by side, be pooled or ranked only when their keys are equal.

    construct: what is measured; of trust, `trust_change` and `trust_level` are two (INC-05).
    statement: the base statement's id, or `own:` and a digest of words that follow none.
    wording: how close to the statement. object: whom a trust question names, where known.
    """

    level: str
    construct: str
    statement: str
    wording: str
    scale: str
    mode: str
    object: str = ""

    @property
    def written(self) -> str:
        """One line that `read_key` reads back, for files and tables."""
        return "|".join(getattr(self, each.name) for each in fields(self))


class NotComparable(Conflict):
    """Figures with different keys were asked to be pooled or ranked."""

    def __init__(self, reason: str, rule: str = "280.10-a2") -> None:
        super().__init__(
            f"These scores are not comparable. {reason}",
            rule=rule,
            fix="Look at them apart.",
        )


def read_key(written: str) -> Key:
    """The key in a line made by `Key.written`."""
    parts = written.split("|")
    if len(parts) != len(fields(Key)):
        raise Unusable(f"“{written}” is not a comparability key.")
    return Key(*parts)


def key_of(question: Question, document: SurveyDocument, edition: Edition) -> Key:
    """The key of a question as it was asked."""
    construct = construct_of(question)
    if question.mode is not None:
        return _key_of_taps(question, document, edition)
    text = question.words()
    found = classify(text, construct, edition, (document.service,))
    return Key(
        level=document.level.value,
        construct=found.measures or construct,
        statement=found.statement or _own(text),
        wording=found.kind.value,
        scale=question.answered_by.value,
        mode=document.mode.value,
        object=_OBJECTS[question.object] if question.object else "",
    )


def _key_of_taps(question: Question, document: SurveyDocument, edition: Edition) -> Key:
    """Taps compare under ratings of one key only; their own scale keeps them from Likert."""
    parent = document.question(question.parent) if question.parent else None
    under = key_of(parent, document, edition) if parent else None
    return Key(
        level=document.level.value,
        construct=construct_of(question),
        statement=f"under {under.construct} {under.statement}" if under else _own(question.words()),
        wording=under.wording if under else WordingClass.MODIFIED.value,
        scale=question.mode.value if question.mode else question.answered_by.value,
        mode=document.mode.value,
        object=under.object if under else "",
    )


def reported_key(
    *, construct: str, statement: str, wording: str, scale: str, channel: str, text: str
) -> Key:
    """The key of a question in a report of an earlier quarter, which tells less than a survey.

    Such reports are of transactions; their mode follows from the channel they name.
    """
    measures = {"T1": "trust_change", "T2": "trust_level"}.get(statement, construct)
    return Key(
        level=Level.TRANSACTION.value,
        construct=measures,
        statement=statement or _own(text),
        wording=wording,
        scale=scale,
        mode=_MODE_OF_CHANNEL.get(channel, channel or "not stated"),
    )


@implements("280.10-a2", "INC-05", "INC-07", "INC-09")
def first_difference(one: Key, other: Key) -> str | None:
    """Why two keys may not be compared, as a sentence about the first part that differs."""
    for part, sentence in SENTENCES:
        mine, theirs = getattr(one, part), getattr(other, part)
        if mine != theirs:
            if part == "statement" and mine.startswith("own:") and theirs.startswith("own:"):
                return "Both use words of their own, and not the same ones."
            return sentence.format(part_words(part, mine), part_words(part, theirs))
    return None


def pool(tables: Sequence[tuple[Key, Counts]]) -> dict[str, int]:
    """The counts of several questions added up; raises NotComparable unless they share a key."""
    for key, _ in tables[1:]:
        refuse_unless_same(tables[0][0], key)
    return add_up(counts for _, counts in tables)


def refuse_unless_same(one: Key, other: Key) -> None:
    """Raises NotComparable, with the reason, when the keys differ."""
    reason = first_difference(one, other)
    if reason is not None:
        kinds = {one.construct, other.construct}
        raise NotComparable(reason, "INC-05" if kinds == _TRUSTS else "280.10-a2")


@dataclass(frozen=True, slots=True)
class Apart(Generic[Thing]):
    """What may not stand in the table, and why."""

    thing: Thing
    key: Key
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison(Generic[Thing]):
    """The things of one key that may stand in one table, and the others with the reason."""

    key: Key | None
    together: tuple[Thing, ...]
    apart: tuple[Apart[Thing], ...]


@implements("280.8-b8", "280.10-a2")
def comparison(things: Iterable[tuple[Key, Thing]], key: Key | None = None) -> Comparison[Thing]:
    """The things with that key (the most frequent, when not given) together, the rest apart.

    Order is kept; of keys equally frequent the one met first wins.
    """
    rows = list(things)
    counts: dict[Key, int] = {}
    for each, _ in rows:
        counts[each] = counts.get(each, 0) + 1
    chosen = key or max(counts, key=lambda each: counts[each], default=None)
    if chosen is None:
        return Comparison(None, (), ())
    return Comparison(
        chosen,
        tuple(thing for each, thing in rows if each == chosen),
        tuple(
            Apart(thing, each, first_difference(chosen, each) or "")
            for each, thing in rows
            if each != chosen
        ),
    )


_TRUSTS = {"trust_change", "trust_level"}
_OBJECTS = {
    TrustObject.AGENCY: "agency",
    TrustObject.PROGRAM: "program/service",
    TrustObject.SERVICE: "program/service",
}
_MODE_OF_CHANNEL = {
    "computer": Mode.WEB.value,
    "mobile": Mode.WEB.value,
    "website": Mode.WEB.value,
    "mobile_app": Mode.WEB.value,
    "email": Mode.EMAIL.value,
    "sms_text_messages": Mode.SMS.value,
    "phone": Mode.PHONE.value,
    "automated_phone": Mode.IVR.value,
    "self_service_kiosk": Mode.KIOSK.value,
    "paper": Mode.PAPER.value,
    "postal_mail": Mode.PAPER.value,
}


def _own(text: str) -> str:
    """The same for the same words, whatever their case, spacing and final full stop."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    words = " ".join(plain.split()).rstrip(".!? ")
    return "own:" + hashlib.sha256(words.encode()).hexdigest()[:16]


def wording_words(key: Key) -> str:
    """How its question is worded and answered: `statement T1, minor edits, 5 stars, web page`."""
    parts = [part_words(part, getattr(key, part)) for part in ("wording", "scale", "mode")]
    if not key.statement.startswith("own:"):
        parts.insert(0, part_words("statement", key.statement))
    return ", ".join(parts)
