"""The instrument in the packet: all questions as people see them, in every language."""

from __future__ import annotations

from collections.abc import Iterator

from cx280.circular.implements import implements
from cx280.paperwork.rules.blocks import Block, Heading, Listing, Text, answer
from cx280.paperwork.rules.packet import Asked, Instrument, Packet
from cx280.paperwork.rules.wording import short_day

# Before each answer: one of several, any of several.
_MARKS = {"checks": "□"}
_BLANK = "________________________"


@implements("280.11-a3")
def instrument_blocks(packet: Packet) -> Iterator[Block]:
    """A part for each language of a survey; the script of a study."""
    number = Text(
        f"OMB Control Number: {packet.control_number}. Expiration date:"
        f" {short_day(packet.expires_on)}"
    )
    for each in packet.instruments:
        yield Heading(f"Instrument: {packet.about}, {each.language}")
        yield number
        yield from _part(each)
    if not packet.instruments:
        yield Heading(f"Instrument: {packet.about}")
        yield number
        yield answer(packet.answers.materials, "The script is not written yet.")


def _part(part: Instrument) -> Iterator[Block]:
    yield Heading(part.heading, 3, part.lang)
    for words in (*part.notices, part.introduction):
        if words.strip():
            yield Text(words, lang=part.lang)
    for question in part.questions:
        yield from _question(question)
    if part.thanks.strip():
        yield Text(part.thanks, lang=part.lang)


def _question(question: Asked) -> Iterator[Block]:
    yield Text(f"{question.number}. {question.text}", tone="question", lang=question.lang)
    for words in (question.condition, question.hint, *question.ends):
        if words:
            yield Text(words, tone="hint", lang=question.lang)
    if question.choices:
        mark = _MARKS.get(question.kind, "○")
        yield Listing(question.choices, mark, question.lang)
    else:
        yield Text(_BLANK)
