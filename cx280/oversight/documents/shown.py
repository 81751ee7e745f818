"""Slides as pages and PDF show them: each chart with its picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cx280.oversight.documents.picture import address_of
from cx280.oversight.rules.slides import Block, Chart, Deck, Lines, Table

_NARROW = 4  # columns


def slides_shown(deck: Deck, draw: Callable[[Chart], object] | None = None) -> list[dict[str, Any]]:
    """Each slide with its blocks by kind: lines, table, chart.

    draw: how a page draws a chart for each width; without, it comes as one picture.
    """
    return [
        {
            "slide": each,
            "number": at,
            "blocks": _paired([_block(block, draw) for block in each.blocks]),
        }
        for at, each in enumerate(deck.slides, start=2)  # the first is the title
    ]


def _paired(blocks: list[Mapping[str, object]]) -> list[Mapping[str, object]]:
    """A chart with the narrow table after it as one, so that wide pages set them side by side."""
    if len(blocks) > 1 and blocks[0]["kind"] == "chart" and blocks[1].get("narrow"):
        return [{"kind": "pair", "parts": blocks[:2]}, *blocks[2:]]
    return blocks


def _block(block: Block, draw: Callable[[Chart], object] | None) -> Mapping[str, object]:
    if isinstance(block, Lines):
        return {"kind": "lines", "items": block.items}
    if isinstance(block, Table):
        rows = [list(zip(block.head, row, strict=True)) for row in block.rows]
        narrow = len(block.head) <= _NARROW
        return {"kind": "table", "table": block, "rows": rows, "narrow": narrow}
    assert isinstance(block, Chart)  # noqa: S101 - there are three kinds
    if draw is not None:
        return {"kind": "drawing", "drawing": draw(block)}
    return {"kind": "chart", "alternative": block.alternative, "picture": address_of(block)}
