"""A plan or report as a workbook: the indicators, and what the columns mean."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import xlsxwriter

from cx280.indicators.rules.content import COLUMNS, rows_of

_WIDEST = 360  # pixels


def workbook(content: Mapping[str, Any]) -> bytes:
    """An XLSX file. No text in it can run as a formula or become a link."""
    target = BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(target, options)
    book.set_properties({"title": content["title"], "author": content["agency"]["name"]})
    bold = book.add_format({"bold": True, "bottom": 1})
    share = book.add_format({"num_format": "0.0%"})
    sheet = book.add_worksheet("Indicators")
    sheet.write_row(0, 0, COLUMNS, bold)
    shares = {COLUMNS.index(name) for name in ("baseline", "target", "actual", "low", "high")}
    unit = COLUMNS.index("unit")
    for at, line in enumerate(rows_of(content), start=1):
        for column, value in enumerate(line):
            style = share if column in shares and "share" in line[unit] else None
            sheet.write(at, column, "" if value is None else value, style)
    sheet.freeze_panes(1, 0)
    sheet.autofit(max_width=_WIDEST)
    about = book.add_worksheet("About")
    for at, (name, value) in enumerate(_about(content)):
        about.write_row(at, 0, (name, value))
    about.autofit(max_width=_WIDEST * 2)
    book.close()
    return target.getvalue()


def _about(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    found = [
        ("Document", content["title"]),
        ("Agency", content["agency"]["name"]),
        ("Edition", content["edition"]),
        ("Figures", "“drawn” comes from published releases, “stated” from the agency, with its"
         " source. A share lies between 0 and 1. Empty low and high: no margin of error applies."),
    ]  # fmt: skip
    if content["simulated"]:
        found.insert(0, ("Simulated", "Nothing here is real."))
    for each in content["references"]:
        reads = f", read as {each['reads_as']}" if "reads_as" in each else ""
        found.append(("See", f"{each['title']}{reads}. {each.get('note', '')}".strip()))
    return found
