"""A document as DOCX: real headings, table heads that repeat, each language marked as its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cx280.paperwork.rules.blocks import Block, Checks, Document, Grid, Heading, Listing, Text
from cx280.surveys.rules.labels import direction

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

_STRANGE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GREY = "565C65"
_RED = "B50909"
_BLACK = "1B1B1B"
_BLUE = "162E51"
_STYLES = (
    ("Normal", 10.5, _BLACK), ("Title", 16, _BLUE), ("Subtitle", 12, _BLACK),
    ("Heading 1", 13, _BLUE), ("Heading 2", 11, _BLACK),
)  # fmt: skip
_LONGEST = 255  # characters of what a file says about itself
_LINE = 6.5  # inches between the margins


def docx_of(document: Document) -> bytes:
    """The file's bytes."""
    import docx  # here, for most processes never write one

    made = docx.Document()
    _prepare(made, document)
    made.add_heading(_plain(document.title), level=0)
    made.add_paragraph(_plain(document.subject), style="Subtitle")
    if document.simulated:
        _say(made.add_paragraph(), "Simulated: nothing here is real.", color=_RED)
    for block in document.blocks:
        _write(made, block)
    target = BytesIO()
    made.save(target)
    return target.getvalue()


def _prepare(made: Docx, document: Document) -> None:
    """Letter paper, one font, the standing on every page, and what readers are told of the file."""
    from docx.shared import Inches

    about = made.core_properties
    about.title = _plain(document.title)[:_LONGEST]
    about.subject = _plain(document.subject)[:_LONGEST]
    about.author = _plain(document.author)[:_LONGEST]
    about.language, about.comments = "en-US", document.standing
    section = made.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Inches(1))
    for name, size, color in _STYLES:
        _style(made.styles[name], size, color)
    footer = section.footer.paragraphs[0]
    _say(footer, f"{document.standing}. Page ", color=_GREY)
    _page_number(footer)


def _style(style: Any, size: float, color: str) -> None:  # noqa: ANN401
    """One font, dark enough to read, in place of what the theme says."""
    from docx.shared import Pt, RGBColor

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # the theme's font would win over the name
    style.font.name, style.font.size = "Arial", Pt(size)
    style.font.color.rgb = RGBColor.from_string(color)
    style.font.italic, style.paragraph_format.space_after = False, Pt(6)


def _page_number(paragraph: Paragraph) -> None:
    """A field that word processors fill with the page's number."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _write(made: Docx, block: Block) -> None:
    if isinstance(block, Heading):
        _mark(made.add_heading(_plain(block.text), level=block.level - 1), block.lang)
    elif isinstance(block, Text):
        _paragraph(made.add_paragraph(), block)
    elif isinstance(block, Checks):
        for each in block.entries:
            box = "\N{BALLOT BOX WITH X}" if each.is_checked else "\N{BALLOT BOX}"
            _tight(made.add_paragraph(f"{box} {_plain(each.text)}"))
    elif isinstance(block, Listing):
        for entry in block.entries:
            _tight(_mark(made.add_paragraph(f"{block.mark} {_plain(entry)}"), block.lang))
    else:
        _table(made, block)


def _paragraph(paragraph: Paragraph, block: Text) -> None:
    tones: dict[str, dict[str, Any]] = {
        "hint": {"color": _GREY, "italic": True},
        "missing": {"color": _RED, "bold": True},
        "question": {"bold": True},
    }
    for place, line in enumerate(block.text.splitlines() or [""]):
        if place:
            paragraph.add_run().add_break()
        _say(paragraph, line, **tones.get(block.tone, {}))
    if block.tone == "question":
        paragraph.paragraph_format.keep_with_next = True
    _mark(paragraph, block.lang)


def _say(
    paragraph: Paragraph, text: str, *, color: str = "", bold: bool = False, italic: bool = False
) -> Run:
    from docx.shared import RGBColor

    run = paragraph.add_run(_plain(text))
    run.bold, run.italic = bold or None, italic or None
    if color:
        run.font.color.rgb = RGBColor.from_string(color)
    return run


def _plain(text: str) -> str:
    """The text without what XML cannot hold, such as control characters pasted from elsewhere."""
    return _STRANGE.sub("", text)


def _tight(paragraph: Paragraph) -> None:
    """A line of a list: set in, with no room below."""
    from docx.shared import Inches, Pt

    paragraph.paragraph_format.left_indent = Inches(0.45)
    paragraph.paragraph_format.first_line_indent = Inches(-0.2)  # the mark stands out
    paragraph.paragraph_format.space_after = Pt(2)


def _mark(paragraph: Paragraph, lang: str) -> Paragraph:
    """Says which language the words are in, so that they are read out and set in it."""
    if lang.split("-")[0] == "en":
        return paragraph
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement

    for run in paragraph.runs:
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), lang)
        mark.set(qn("w:bidi"), lang)
        run._r.get_or_add_rPr().append(mark)
    if direction(lang) == "rtl":
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))
    return paragraph


def _table(made: Docx, grid: Grid) -> None:
    from docx.oxml.parser import OxmlElement

    caption = made.add_paragraph()
    _say(caption, grid.caption, color=_GREY, italic=True)
    caption.paragraph_format.keep_with_next = True
    table = made.add_table(rows=1, cols=len(grid.header), style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _cells(table.rows[0].cells, grid.header, grid.numbers, bold=True)
    for place, row in enumerate(grid.rows, start=1):
        is_total = grid.total and place == len(grid.rows)
        _cells(table.add_row().cells, row, grid.numbers, bold=is_total)
    _widths(table, grid.widths)
    made.add_paragraph()


def _widths(table: Any, parts: Sequence[float]) -> None:  # noqa: ANN401
    """Columns as wide as told, and rows that stay on one page."""
    from docx.oxml.parser import OxmlElement
    from docx.shared import Inches

    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, part in zip(row.cells, parts, strict=False):
            cell.width = Inches(_LINE * part)
    for column, part in zip(table.columns, parts, strict=False):
        column.width = Inches(_LINE * part)


def _cells(cells: Any, texts: Any, numbers: frozenset[int], *, bold: bool) -> None:  # noqa: ANN401
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        paragraph = cell.paragraphs[0]
        _say(paragraph, text, bold=bold)
        if place in numbers:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
