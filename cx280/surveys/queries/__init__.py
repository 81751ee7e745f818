"""Reads surveys: what is open, how a draft stands, what the builder shows."""

from cx280.surveys.queries.board import Board, Line, board_of, lines
from cx280.surveys.queries.standing import (
    Standing,
    clearance_findings,
    context_for,
    discussions_for,
    draft_of,
    edition_of,
    frozen,
    names_of,
    open_version,
    standing_of,
    start_for,
    start_of,
    units_to_link,
)

__all__ = [
    "Board",
    "Line",
    "Standing",
    "board_of",
    "clearance_findings",
    "context_for",
    "discussions_for",
    "draft_of",
    "edition_of",
    "frozen",
    "lines",
    "names_of",
    "open_version",
    "standing_of",
    "start_for",
    "start_of",
    "units_to_link",
]
