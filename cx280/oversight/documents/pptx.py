"""A briefing as PPTX: native tables and charts, words for pictures, notes for the speaker."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Emu, Inches, Pt

from cx280.oversight.documents.look import INK, MUTED
from cx280.oversight.documents.pptx_charts import add_chart
from cx280.oversight.documents.pptx_tables import add_table, height_of
from cx280.oversight.rules.slides import Block, Chart, Deck, Slide, Table

_WIDE, _HIGH = Inches(13.333), Inches(7.5)
_MARGIN, _TOP, _BOTTOM = Inches(0.6), Inches(1.6), Inches(0.65)
_TITLE_SLIDE, _TITLE_ONLY = 0, 5  # of the layouts the library brings
_LEAST = Inches(0.4)
_BETWEEN = Inches(0.15)
_NARROW = 4  # columns


def pptx_of(deck: Deck, *, standing: str) -> bytes:
    """The slides. standing: whether it is a draft or was handed to OMB, when."""
    shown = Presentation()
    shown.slide_width, shown.slide_height = _WIDE, _HIGH
    _properties(shown, deck)
    _title_slide(shown, deck, standing)
    for number, each in enumerate(deck.slides, start=2):
        _slide(shown, each, f"{deck.title} · {number}")
    written = BytesIO()
    shown.save(written)
    return written.getvalue()


def _properties(shown: Any, deck: Deck) -> None:  # noqa: ANN401
    found = shown.core_properties
    found.title, found.author, found.language = deck.title, deck.agency, "en-US"
    found.subject = "OMB Circular A-11 Section 280, 280.14-d2"


def _title_slide(shown: Any, deck: Deck, standing: str) -> None:  # noqa: ANN401
    slide = shown.slides.add_slide(shown.slide_layouts[_TITLE_SLIDE])
    title, under = slide.placeholders[0], slide.placeholders[1]
    _place(title, Inches(2.2), Inches(1.6))
    _place(under, Inches(3.9), Inches(1.6))
    _words(title.text_frame, [deck.title], size=36, bold=True)
    lines = [deck.agency, standing]
    if deck.simulated:
        lines.append("Simulated: nothing here is real.")
    _words(under.text_frame, lines, size=18, colour=MUTED)
    slide.notes_slide.notes_text_frame.text = f"Made on {deck.made_on} from what is measured."


def _slide(shown: Any, found: Slide, foot: str) -> None:  # noqa: ANN401
    slide = shown.slides.add_slide(shown.slide_layouts[_TITLE_ONLY])
    _place(slide.shapes.title, Inches(0.4), Inches(1.0))
    _words(slide.shapes.title.text_frame, [found.title], size=26, bold=True)
    _fill(slide, found)
    rules = f" · {', '.join(found.rules)}" if found.rules else ""
    _text(slide, [foot + rules], _MARGIN, _HIGH - Inches(0.5), _wide(), Inches(0.35), size=11,
          colour=MUTED)  # fmt: skip
    slide.notes_slide.notes_text_frame.text = "\n".join(found.notes)


def _fill(slide: Any, found: Slide) -> None:  # noqa: ANN401
    """The blocks under each other; a chart stands beside a narrow table, and above a wide one."""
    top, blocks = _TOP, list(found.blocks)
    if blocks and isinstance(blocks[0], Chart):
        below = sum(height_of(each, _wide()) + _BETWEEN for each in blocks[_pair(blocks) :])
        room = _HIGH - _BOTTOM - top - below - _BETWEEN
        top = Emu(top + _chart_row(slide, blocks, top, Emu(min(room, Inches(4.2)))) + _BETWEEN)
        blocks = blocks[_pair(blocks) :]
    for each in blocks:
        top = Emu(top + _block(slide, each, _MARGIN, top, _wide()) + _BETWEEN)


def _pair(blocks: Sequence[Block]) -> int:
    """How many of the first blocks stand beside each other: the chart, and a narrow table."""
    narrow = len(blocks) > 1 and isinstance(blocks[1], Table) and len(blocks[1].head) <= _NARROW
    return 2 if narrow else 1


def _chart_row(slide: Any, blocks: Sequence[Block], top: Emu, high: Emu) -> int:  # noqa: ANN401
    """The chart with what stands beside it; how high the row is."""
    chart, beside = blocks[0], blocks[1 : _pair(blocks)]
    assert isinstance(chart, Chart)  # noqa: S101 - who calls has looked
    half = Emu((_wide() - _BETWEEN) // 2)
    add_chart(slide, chart, _MARGIN, top, half if beside else Emu(int(_wide() * 0.7)), high)
    left = Emu(_MARGIN + half + _BETWEEN)
    return int(max(high, *(_block(slide, each, left, top, half) for each in beside), 0))


def _block(slide: Any, block: Block, left: Emu, top: Emu, wide: Emu) -> Emu:  # noqa: ANN401
    """Puts the block there; how high it is."""
    if isinstance(block, Table):
        return add_table(slide, block, left, top, wide)
    if isinstance(block, Chart):
        high = Inches(3.0)
        add_chart(slide, block, left, top, wide, high)
        return high
    high = Emu(max(height_of(block, wide), _LEAST))
    small = sum(map(len, block.items)) > 200
    _text(slide, block.items, left, top, wide, high, size=14 if small else 18)
    return high


def _wide() -> Emu:
    return Emu(_WIDE - 2 * _MARGIN)


def _place(shape: Any, top: Emu, high: Emu) -> None:  # noqa: ANN401
    shape.left, shape.top, shape.width, shape.height = _MARGIN, top, _wide(), high


def _text(
    slide: Any, lines: Any, left: Emu, top: Emu, wide: Emu, high: Emu, *,  # noqa: ANN401
    size: int, colour: str = INK,
) -> None:  # fmt: skip
    box = slide.shapes.add_textbox(left, top, wide, high)
    _words(box.text_frame, lines, size=size, colour=colour)


def _words(
    frame: Any, lines: Any, *, size: int, colour: str = INK, bold: bool = False  # noqa: ANN401
) -> None:  # fmt: skip
    frame.word_wrap = True
    for at, words in enumerate(lines):
        paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = words
        run.font.size, run.font.bold, run.font.name = Pt(size), bold, "Public Sans"
        run.font.color.rgb = RGBColor.from_string(colour.upper())
        paragraph.space_after = Pt(4)
        paragraph.alignment = 1  # left
