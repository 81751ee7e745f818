"""What OMB asked last time, and what we ask of OMB."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.oversight.rules.briefing.shown import count_of
from cx280.oversight.rules.slides import Lines, Slide, Table
from cx280.pages.written import longdate


@dataclass(frozen=True, slots=True)
class Asked:
    """A question OMB asked in a talk; answer: what came of it, "" while nothing did."""

    words: str
    answer: str


@implements("280.14-d2")
def asked_slide(questions: Sequence[Asked], held_on: date | None) -> Slide:
    """Each question of the last deep dive with its answer."""
    if held_on is None:
        title, block = "This is our first deep dive on record", Lines(("No talk came before it.",))
        return Slide("asked", title, (block,), ("Write down what OMB asks this time.",))
    if not questions:
        title = f"OMB asked nothing that was left open on {longdate(held_on)}"
        return Slide("asked", title, (Lines(("No question was written down.",)),), ())
    answered = sum(bool(each.answer) for each in questions)
    rows = tuple((each.words, each.answer or "not answered yet") for each in questions)
    return Slide(
        "asked",
        f"{answered} of {count_of(len(questions), 'question')} OMB asked last time "
        f"{'is' if answered == 1 else 'are'} answered",
        (Table(f"Asked on {longdate(held_on)}", ("OMB asked", "Our answer"), rows),),
        ("Ask whether the answers are enough.",),
        ("280.14-d2",),
    )


@implements("280.14-d2")
def asks_slide(asks: str) -> Slide:
    """What the provider asks of OMB, a line for each."""
    lines = tuple(each.strip() for each in asks.splitlines() if each.strip())
    if not lines:
        words = ("Nothing is asked. Write asks on the page of the talk.",)
        return Slide("asks", "We ask nothing of OMB", (Lines(words),), (), ("280.14-d2",))
    title = f"We ask OMB for {count_of(len(lines), 'thing')}"
    notes = ("Write down who promises what, and by when.",)
    return Slide("asks", title, (Lines(lines),), notes, ("280.14-d2",))
