"""A plan or report as a workbook: the indicators, and what the columns mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cx280.indicators.rules.content import COLUMNS, rows_of
from cx280.pages.workbook import Share, Sheet, Year, workbook_of


def workbook(content: Mapping[str, Any]) -> bytes:
    """The XLSX file of a plan or report."""
    heads = [each.replace("_", " ").capitalize() for each in COLUMNS]
    return workbook_of(
        content["title"],
        content["agency"]["name"],
        (
            Sheet("Indicators", heads, (_cells(each) for each in rows_of(content))),
            Sheet("About", ("What", "Value"), _about(content)),
        ),
    )


def _cells(line: Sequence[object]) -> list[object]:
    """The row with its shares and years as such."""
    named = dict(zip(COLUMNS, line, strict=True))
    if "share" in str(named["unit"]):
        for name in ("baseline", "target", "actual", "low", "high"):
            if isinstance(part := named[name], int | float):
                named[name] = Share(part)
    for name in ("fiscal_year", "year"):
        if isinstance(year := named[name], int):
            named[name] = Year(year)
    return list(named.values())


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
