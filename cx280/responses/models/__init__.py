"""Responses with their comments, and what staff enter for people on paper or by phone."""

from cx280.responses.models.answers import (
    Comment,
    Concern,
    ConcernContact,
    OfferCount,
    ReachCount,
    Response,
    UnitAlias,
)
from cx280.responses.models.entries import Entry, PaperBatch, SecondKeying

__all__ = [
    "Comment",
    "Concern",
    "ConcernContact",
    "Entry",
    "OfferCount",
    "PaperBatch",
    "ReachCount",
    "Response",
    "SecondKeying",
    "UnitAlias",
]
