"""What a reported question measures, read from its words and never from its position.

Real reports swap positions, leave words blank and ask about other things, so each question is
first held against the Circular's statements and then read for what it asks about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from cx280.circular.edition import Edition, edition
from cx280.circular.implements import implements
from cx280.surveys.rules.wording import WordingClass, classify

# Where the template puts each construct; used only to tell when words and position differ.
POSITIONS = {
    1: "satisfaction",
    2: "trust",
    3: "effectiveness",
    4: "ease",
    5: "efficiency",
    6: "equity_transparency",
    7: "employee",
}
NOT_ASKED = ""
CONFIDENCE = "confidence"
ADDITIONAL = "additional"

_PLACEHOLDER = re.compile(r"^(none|n/?a|null|nil|not applicable|not asked|tbd|[-–—.\s]*)$", re.I)
# A description of the scale is not part of the question: it often says “satisfied”.
_SCALE_LEAD = re.compile(
    r"^(?:using|on|imagine)\b[^?]*?\b(?:scale|point)\b[^?]*?(?:[”\"']\s*,?|,)\s*"
    r"(?=how|to what|please|rate|i |the )",
    re.I,
)
_NUMBERING = re.compile(r"^\s*\(?\d{1,2}[).]\s*")
_PARENTHESES = re.compile(r"\([^)]*(?:=|\b\d+\b)[^)]*\)")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a question measures: construct, base statement ("" when none is near), wording class."""

    construct: str
    statement: str
    wording: str


def is_placeholder(text: str) -> bool:
    """Whether the words say that nothing was asked: blank, NONE, N/A."""
    return bool(_PLACEHOLDER.match(text.strip()))


@implements("280.10-i4", "INC-06")
def read_question(text: str, edition_id: str = "FY2022") -> Reading:
    """What the question measures: "" for a placeholder, additional when nothing fits."""
    return _read(" ".join(text.split()), edition_id)


@lru_cache(maxsize=4096)
def _read(text: str, edition_id: str) -> Reading:
    if is_placeholder(text):
        return Reading(NOT_ASKED, "", "")
    found = _nearest_statement(text, edition(edition_id))
    if found is not None:
        return found
    return Reading(_topic(_question_part(text)), "", WordingClass.MODIFIED.value)


def _nearest_statement(text: str, rules: Edition) -> Reading | None:
    """The first construct whose base statement the text follows exactly, filled or nearly."""
    for construct in dict.fromkeys(each.construct for each in rules.statements):
        wording = classify(text, construct, rules)
        if wording.kind is not WordingClass.MODIFIED:
            return Reading(construct, wording.statement, wording.kind.value)
    return None


def _question_part(text: str) -> str:
    """The words that ask, in lower case: no numbering, no description of the scale."""
    part = _NUMBERING.sub("", text.replace("’", "'"))
    part = _SCALE_LEAD.sub("", part)
    return _PARENTHESES.sub(" ", part).lower().strip()


# In this order: the first that fits decides. Each is what the question asks about.
_TOPICS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (construct, re.compile(pattern))
    for construct, pattern in (
        ("trust", r"\b(increased|increases|restored) my trust\b|\bi trust\b|\bmy trust in\b"
                  r"|\btrust (them|you|us)\b|\blevel of trust\b"),
        (ADDITIONAL, r"\bconfident are you that you\b|\brecommend\b|\brefer\b.*\bfriend\b"
                     r"|\bto a friend\b|\bhow likely\b|\breason for your (call|visit)\b"
                     r"|\bwhat is your role\b|\bopportunities for improvement\b|\bideal\b"),
        (CONFIDENCE, r"\bconfidence\b|\bconfident\b"),
        ("efficiency", r"\b(amount|length) of time\b|\bwait(ing)? time\b|\bquick(ly)?\b"
                       r"|\bhow long\b|\btimely\b|\btime frame\b|\btime it took\b|\bpromptly\b"
                       r"|\breasonable (amount of )?time\b|\bspeed\b"),
        ("satisfaction", r"\boverall (satisfaction|experience|quality|customer service)\b"
                         r"|\boverall,? how satisfied\b|\b(i am|i was) satisfied with\b"
                         r"|\brate your (overall )?experience\b|\bsatisfied are you\b"
                         r"|\byour overall\b"),
        ("equity", r"\btreated (me )?fair|\bfairly\b|\bfairness\b|\bequal(ly)? treat"),
        ("employee", r"\b(employees?|personnel|staff|representatives?|agents?|attorney|clerk"
                     r"|officer|decision maker|contact center|person)('s)?\b.*"
                     r"\b(helpful\w*|courte\w+|respect|professional\w*|friendly|kind|committed"
                     r"|knowledge|ability to understand"
                     r"|able to understand|showing interest|warm\w*|competen\w+)\b"
                     r"|\b(helpful|courte\w+|professional\w*)\b.*\b(employee|representative|agent"
                     r"|staff)\b|\bcourtesy\b|\bcaring customer service\b"),
        ("effectiveness", r"\bneed(s)? (was|were) (addressed|met)\b|\bmet my needs\b"
                          r"|\b(issue|request|problem|inquiry)\b.*\bresol\w+"
                          r"|\bresol\w+.*\binquiry\b|\bresolve my need\b"
                          r"|\bfound what i\b|\banswer(ed|ing|s)?\b.*\bquestions?\b"
                          r"|\bclear answer\b|\baccomplish\b|\bsuccessfully\b|\bmeet(ing)? your\b"
                          r"|\benough information\b|\bable to (find|complete)\b"
                          r"|\bhelped me do what\b"),
        ("transparency", r"\bunderst\w+\b|\bclear(ly|ness)?\b|\bclarity\b|\bexplain(ed)?\b"
                         r"|\bbeing asked of me\b|\bi kn[eo]w (which|where|what|how)\b"),
        ("ease", r"\beas(y|ily|e|ier)\b|\bsimpl\w+\b|\bdifficult\b|\bhow easy\b"),
        ("effectiveness", r"\buseful(ness)?\b|\bhelpful\b|\bhelped me\b|\bhelping meet\b"
                          r"|\beffective\w*\b|\binformation provided\b"),
        ("satisfaction", r"\bsatisf\w+\b|\bexperience\b"),
    )
)  # fmt: skip


def _topic(question: str) -> str:
    for construct, pattern in _TOPICS:
        if pattern.search(question):
            return construct
    return ADDITIONAL
