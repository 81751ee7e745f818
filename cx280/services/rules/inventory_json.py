"""An inventory as JSON, its canonical bytes, and their digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import Any

import msgspec

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.services.rules.record import RowProblem, ServiceRecord, public_part

FORMAT = "cx280 inventory 1"


def to_json(records: Iterable[ServiceRecord]) -> str:
    """The inventory as a readable JSON document, sorted by code."""
    return json.dumps(_document(records), ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> tuple[list[ServiceRecord], list[RowProblem]]:
    """The records of a JSON inventory, and why others could not be read.

    Raises Unusable when it is no inventory at all.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise Unusable(f"This is not JSON: {problem}.") from problem
    rows = document.get("services") if isinstance(document, dict) else document
    if not isinstance(rows, list):
        raise Unusable("This JSON has no list of services.", fix="Export an inventory to compare.")
    return _read(rows)


def _read(rows: list[Any]) -> tuple[list[ServiceRecord], list[RowProblem]]:
    records: list[ServiceRecord] = []
    problems: list[RowProblem] = []
    for number, row in enumerate(rows, start=1):
        try:
            records.append(msgspec.convert(row, ServiceRecord))
        except msgspec.ValidationError as problem:
            problems.append(RowProblem(number, f"{problem}."))
    return records, problems


@implements("280.5-a1")
def snapshot(records: Iterable[ServiceRecord]) -> dict[str, Any]:
    """The public part of an inventory as it is certified: plain JSON values, sorted by code."""
    return _document(public_part(each) for each in records)


@implements("280.5-a1")
def digest_of(inventory: dict[str, Any]) -> str:
    """SHA-256 of a snapshot's canonical bytes (keys sorted, no spaces, UTF-8), 64 hex digits."""
    canonical = json.dumps(inventory, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _document(records: Iterable[ServiceRecord]) -> dict[str, Any]:
    rows = sorted((msgspec.to_builtins(each) for each in records), key=lambda row: str(row["code"]))
    return {"format": FORMAT, "services": json.loads(json.dumps(rows))}
