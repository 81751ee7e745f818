"""Every XLSX of the house: sheets that read well on a screen and on paper."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import Any

import xlsxwriter

Row = Sequence[object]
_LEAST, _MOST = 8, 60  # characters a column is wide
_LINE = 15  # points a line is high
_PAPER = 150  # characters across a sheet of paper at a size that can be read
_HEAD = 12  # a head of several words breaks; a long word makes its column wider


class Share(float):
    """A part of one, shown in percent."""


class Year(int):
    """A number that counts nothing, shown without separators."""


def share(part: float | None) -> Share | None:
    """The part as a share; None where nothing is known."""
    return None if part is None else Share(part)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with its heads."""

    name: str
    header: Sequence[str]
    rows: Iterable[Row]


def workbook_of(title: str, author: str, sheets: Iterable[Sheet]) -> bytes:
    """An XLSX file. No text in it can run as a formula or become a link."""
    target = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": title, "author": author})
    cell = {"text_wrap": True, "valign": "top"}
    number = {**cell, "align": "right", "indent": 1}
    styles = {
        "head": book.add_format({**cell, "bold": True, "bottom": 1, "bg_color": "#EDF0F5"}),
        "text": book.add_format(cell),
        "whole": book.add_format({**number, "num_format": "#,##0"}),
        "part": book.add_format({**number, "num_format": "#,##0.0##"}),
        "share": book.add_format({**number, "num_format": "0.0%"}),
        "year": book.add_format({**number, "num_format": "0"}),
    }
    for each in sheets:
        page = book.add_worksheet(each.name)
        _write(page, each, styles)
        page.set_footer(f"&L{title.replace('&', '&&')}&R&P of &N")
    book.close()
    return target.getvalue()


def _write(page: Any, sheet: Sheet, styles: dict[str, Any]) -> None:  # noqa: ANN401  untyped
    rows = [["" if each is None else each for each in row] for row in sheet.rows]
    widths = [
        min(_MOST, max(_width_of_head(head), *(_longest(row[column]) + 2 for row in rows), 0))
        for column, head in enumerate(sheet.header)
    ]
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.set_row(0, _LINE * _lines(sheet.header, widths))
    page.write_row(0, 0, sheet.header, styles["head"])
    for line, row in enumerate(rows, start=1):
        # Said, not left to the program: LibreOffice would lay wrapped lines over each other.
        page.set_row(line, _LINE * _lines(row, widths))
        for column, value in enumerate(row):
            page.write(line, column, value, styles[_style_of(value)])
    page.freeze_panes(1, 0)
    _on_paper(page, wide=math.ceil(sum(widths) / _PAPER))


def _lines(row: Row, widths: Sequence[int]) -> int:
    """How many lines the tallest cell takes, which breaks between words."""
    return (
        max(
            (
                sum(max(1, len(wrap(part, width - 1))) for part in str(each).splitlines())
                for each, width in zip(row, widths, strict=True)
                if not isinstance(each, float)
            ),
            default=1,
        )
        or 1
    )


def _longest(value: object) -> int:
    if isinstance(value, float):
        return _LEAST
    return max(map(len, str(value).splitlines()), default=0)


def _width_of_head(words: str) -> int:
    longest = max(map(len, words.split()), default=0) + 2
    return max(_LEAST, longest, min(_HEAD, len(words) + 2))


def _style_of(value: object) -> str:
    match value:
        case bool():
            return "text"
        case Year():
            return "year"
        case int():
            return "whole"
        case Share():
            return "share"
        case float():
            return "part"
    return "text"


def _on_paper(page: Any, *, wide: int) -> None:  # noqa: ANN401  untyped
    """Printed across on as many sheets side by side as can be read, each with heads and names."""
    page.set_landscape()
    page.fit_to_pages(wide, 0)
    page.repeat_rows(0)
    if wide > 1:
        page.repeat_columns(0)
