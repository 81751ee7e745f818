"""A plan or report as a document to read: a table for each kind, with the notes under it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from cx280.indicators.rules.values import value_words
from cx280.paperwork.rules.blocks import Block, Document, Grid, Heading, Listing, Text

_PLAN = ("Indicator", "Service", "Baseline", "Target")
_REPORT = ("Indicator", "Service", "Year", "Target", "Actual", "n", "Result")


def document_of(content: Mapping[str, Any], standing: str) -> Document:
    """The document for word processors. standing: “Draft, not published” or its number."""
    blocks: list[Block] = []
    for kind, group in groupby(content["indicators"], key=lambda each: each["kind"]):
        rows = list(group)
        blocks += [Heading(kind), _grid(content, kind, rows), Listing(_notes(rows))]
    if not blocks:
        blocks.append(Text("No indicator stands in the plan yet.", tone="missing"))
    blocks += [Heading("See also"), Listing([_cited(each) for each in content["references"]])]
    return Document(
        title=f"{content['agency']['name']}: {content['title']}",
        subject="Customer experience and service levels",
        author=content["agency"]["name"],
        standing=standing,
        blocks=blocks,
        simulated=content["simulated"],
    )


def _grid(content: Mapping[str, Any], kind: str, rows: list[Mapping[str, Any]]) -> Grid:
    if content["document"] == "plan":
        cells: list[tuple[str, ...]] = [
            (
                each["name"],
                each["service"] or "All",
                _baseline(each),
                value_words(each["years"][0]["target"], each["unit"], missing="not set"),
            )
            for each in rows
        ]
        caption = f"{kind}: targets for FY{content['fiscal_year']}"
        return Grid(caption, _PLAN, cells, numbers=frozenset({2, 3}), widths=(3, 2, 2.2, 1.4))
    reported = [_reported(each, year) for each in rows for year in each["years"]]
    return Grid(
        f"{kind}: results by year", _REPORT, reported, numbers=frozenset({3, 4, 5}),
        widths=(2.5, 1.8, 1.6, 1.4, 1.4, 1.4, 1.8),
    )  # fmt: skip


def _baseline(each: Mapping[str, Any]) -> str:
    said = value_words(each["baseline"], each["unit"], missing="none")
    return f"{said} ({each['baseline_on']})" if each["baseline_on"] else said


def _reported(each: Mapping[str, Any], year: Mapping[str, Any]) -> tuple[str, ...]:
    broken = " *" if year["broken"] else ""
    return (
        each["name"],
        each["service"] or "All",
        f"FY{year['fiscal_year']}{broken}",
        value_words(year["target"], each["unit"], missing="none"),
        value_words(year["actual"], each["unit"], missing="none"),
        f"{year['n']:,}" if year["n"] is not None else "",
        year["result"],
    )


def _notes(rows: list[Mapping[str, Any]]) -> list[str]:
    """What each is, who answers for it, how sure its figures are, and where a series breaks."""
    said = []
    for each in rows:
        said.append(
            f"{each['name']}: {each['formula'].rstrip('.')}. Source: {each['source'].rstrip('.')}."
            f" {each['direction']}. {each['owner']} answers for it."
        )
        for year in each["years"]:
            parts = [year["sure"], year["origin"] and f"{year['origin']}: {year['how']}"]
            parts.append(year["broken"] and f"* Not comparable with before: {year['broken']}")
            told = "; ".join(part for part in parts if part)
            if told:
                said.append(f"{each['name']}, FY{year['fiscal_year']}: {told}")
    return said


def _cited(each: Mapping[str, Any]) -> str:
    reads = f", read as {each['reads_as']}" if "reads_as" in each else ""
    note = f" {each['note']}" if "note" in each else ""
    return f"{each['title']}{reads}.{note}"
