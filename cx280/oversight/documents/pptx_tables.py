"""Tables of slides: a head that programs know as such, and the height the words will take."""

from __future__ import annotations

from typing import Any

from pptx.dml.color import RGBColor
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from cx280.oversight.documents.look import INK, RULE
from cx280.oversight.rules.slides import Block, Lines, Table

_SIZE, _SMALL = 14, 11
_MANY = 7  # rows, from which letters are smaller
_SHORT, _LONG = 16, 60  # letters
_BOLD = 1.2  # how much wider bold letters are
_SIDES = Inches(0.16)  # what a cell keeps free at both sides


def add_table(slide: Any, table: Table, left: Emu, top: Emu, wide: Emu) -> Emu:  # noqa: ANN401
    """Puts the table there; how high it is."""
    rows, columns = len(table.rows) + 1, len(table.head)
    high = height_of(table, wide)
    frame = slide.shapes.add_table(rows, columns, left, top, wide, high)
    frame.name = table.caption[:60]
    describe(frame, table.caption)
    found = frame.table
    found.first_row = True  # what readers of the screen announce as the head
    size = _size(table)
    for at, part in enumerate(_widths(table, wide)):
        found.columns[at].width = Emu(part)
    for row, cells in enumerate((table.head, *table.rows)):
        found.rows[row].height = Emu(_row_height(table, cells, wide))
        for column, words in enumerate(cells):
            _cell(found.cell(row, column), words, size, head=row == 0, name=column == 0)
    return high


def describe(frame: Any, words: str) -> None:  # noqa: ANN401
    """Gives a shape the words that stand for it."""
    frame._element.find(f".//{qn('p:cNvPr')}").set("descr", words)


def height_of(block: Block, wide: Emu) -> Emu:
    """How high the block will be with its words wrapped."""
    if isinstance(block, Table):
        return Emu(sum(_row_height(block, each, wide) for each in (block.head, *block.rows)))
    if isinstance(block, Lines):
        size = 14 if sum(map(len, block.items)) > 200 else 18
        lines = sum(_wrapped(each, wide, size) for each in block.items)
        return Emu(int(Pt(size * 1.3) * lines + Pt(6) * len(block.items) + Inches(0.1)))
    return Inches(3.0)


def _size(table: Table) -> int:
    return _SMALL if len(table.rows) >= _MANY or len(table.head) > 5 else _SIZE


def _widths(table: Table, wide: int) -> list[int]:
    """How wide each column is: short ones as wide as their longest cell, the others share."""
    longest = [
        max(len(words) * (_BOLD if row == 0 or at == 0 else 1.0) for row, words in enumerate(cells))
        for at, cells in enumerate(zip(table.head, *table.rows, strict=True))
    ]
    needs = [each * _letter(_size(table)) + _SIDES for each in longest]
    if sum(needs) <= wide:
        return [int(each * wide / sum(needs)) for each in needs]
    short = {at for at, each in enumerate(longest) if each <= _SHORT}
    left = wide - sum(needs[at] for at in short)
    among = sum(min(longest[at], _LONG) for at in range(len(needs)) if at not in short) or 1
    return [
        int(needs[at]) if at in short else int(left * min(longest[at], _LONG) / among)
        for at in range(len(needs))
    ]


def _row_height(table: Table, cells: tuple[str, ...], wide: int) -> int:
    size = _size(table)
    lines = max(
        _wrapped(words, Emu(part - _SIDES), size)
        for words, part in zip(cells, _widths(table, wide), strict=True)
    )
    return int(Pt(size * 1.25) * lines + Inches(0.1))


def _wrapped(words: str, wide: Emu, size: int) -> int:
    """How many lines the words take; lines break between words, so some room is lost."""
    fit = max(int(wide / _letter(size)), 1)
    return 1 if len(words) <= fit else -(-len(words) // max(int(fit * 0.88), 1))


def _letter(size: int) -> int:
    """How wide a letter is: a bit more than half as wide as it is high."""
    return int(Pt(size * 0.58))


def _cell(cell: Any, words: str, size: int, *, head: bool, name: bool) -> None:  # noqa: ANN401
    cell.margin_top = cell.margin_bottom = Inches(0.03)
    cell.margin_left = cell.margin_right = Emu(_SIDES // 2)
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string((RULE if head else "ffffff").upper())
    frame = cell.text_frame
    frame.word_wrap = True
    run = frame.paragraphs[0].add_run()
    run.text = words
    run.font.size, run.font.bold, run.font.name = Pt(size), head or name, "Public Sans"
    run.font.color.rgb = RGBColor.from_string(INK.upper())
