"""The content of an Annual Performance Plan or Report: public words and public figures only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cx280.circular.implements import implements
from cx280.indicators.rules.vocabulary import Paper

VERSION = 1
# The columns of the CSV file and of the workbook, one row an indicator and year.
COLUMNS = (
    "agency", "document", "fiscal_year", "kind", "indicator", "service", "formula", "source",
    "owner", "frequency", "unit", "direction", "baseline", "baseline_on", "year", "target",
    "actual", "low", "high", "n", "period", "how_sure", "drawn_or_stated", "where_from", "result",
    "not_comparable_with_before",
)  # fmt: skip


@implements("280.12-a1", "280.10-s2")
def content_of(
    *,
    paper: Paper,
    agency: tuple[str, str],
    fiscal_year: int,
    edition: str,
    references: Iterable[Mapping[str, Any]],
    indicators: Sequence[Mapping[str, Any]],
    simulated: bool = False,
) -> dict[str, Any]:
    """The document as plain JSON values. agency: code and name. A plan says what is aimed at in
    its year; a report says what came of it. A share lies between 0 and 1, and its unit says so.
    """
    code, name = agency
    return {
        "version": VERSION,
        "document": paper.value,
        "title": f"{paper.label} FY{fiscal_year}",
        "agency": {"code": code, "name": name},
        "fiscal_year": fiscal_year,
        "edition": edition,
        "references": [dict(each) for each in references],
        "indicators": [dict(each) for each in indicators],
        "simulated": simulated,
    }


@implements("280.12-a4", "INC-13", "INC-14")
def reference(cited: Mapping[str, Any]) -> dict[str, str]:
    """A document that the edition cites, with what it has to be read as and where it moved."""
    said = {"title": str(cited["title"])}
    for name in ("reads_as", "note", "url"):
        if cited.get(name):
            said[name] = str(cited[name])
    return said


def rows_of(content: Mapping[str, Any]) -> list[list[Any]]:
    """The document as rows under COLUMNS: an indicator and year each; None where nothing is."""
    rows = []
    for each in content["indicators"]:
        first = [
            content["agency"]["name"], content["title"], content["fiscal_year"], each["kind"],
            each["name"], each["service"], each["formula"], each["source"], each["owner"],
            each["frequency"], each["unit"], each["direction"], each["baseline"],
            each["baseline_on"],
        ]  # fmt: skip
        for year in each["years"]:
            rows.append(first + [year[name] for name in _YEAR])
    return rows


_YEAR = (
    "fiscal_year", "target", "actual", "low", "high", "n", "period", "sure", "origin", "how",
    "result", "broken",
)  # fmt: skip


def digest(content: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
