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
from cx280.responses.models.calls import Call, CallDay, PhoneLine
from cx280.responses.models.entries import Entry, PaperBatch, SecondKeying
from cx280.responses.models.forms import FormRun

__all__ = [
    "Call",
    "CallDay",
    "Comment",
    "Concern",
    "ConcernContact",
    "Entry",
    "FormRun",
    "OfferCount",
    "PaperBatch",
    "PhoneLine",
    "ReachCount",
    "Response",
    "SecondKeying",
    "UnitAlias",
]
