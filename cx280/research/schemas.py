"""What programs are told of research: counts of people, never who they were."""

from __future__ import annotations

from datetime import date
from typing import Literal

from ninja import Field, Schema

from cx280.accounts.schemas import FindingTold, Page, Slice

Service = Field(
    "", pattern=r"^[-a-zA-Z0-9_]{0,80}$", description="Only of the service with that code."
)


class OfService(Slice):
    """Which studies or rounds to give."""

    service: str = Service


class InsightsAsked(Slice):
    """Which insights to give; empty stands for everything."""

    words: str = Field("", max_length=200, description="All of them, in any form, best fit first.")
    tag: str = Field("", max_length=60)
    segment: str = Field("", max_length=60)
    service: str = Service
    standing: Literal["", "stale", "retired"] = Field(
        "", description="`stale`: to confirm or retire; empty: all that hold."
    )


class EvidenceTold(Schema):
    """What an insight rests on."""

    source: str
    words: str
    address: str


class InsightTold(Schema):
    """Something the agency knows of its customers. Who wrote it is not told."""

    id: int
    insight: str
    need: str
    confidence: str
    segments: list[str]
    services: list[str] = Field(description="Their codes.")
    tags: list[str]
    evidence: list[EvidenceTold]
    written_on: date
    confirmed_on: date
    standing: Literal["fresh", "stale", "retired"]
    retired_because: str


class Insights(Page):
    """Insights, last confirmed first, or best fit first."""

    items: list[InsightTold]


class SegmentTold(Schema):
    """How many of a segment took part."""

    segment: str
    share_of_customers: float | None = Field(description="null where it is not known.")
    planned: int
    came: int | None = Field(description="null until they are counted.")


class StudyTold(Schema):
    """A study with its participants as counts."""

    id: int
    title: str
    question: str
    approach: str
    method: str
    services: list[str] = Field(description="Their codes.")
    starts_on: date
    ends_on: date
    members_of_public: int = Field(description="How many it asks: ten or more need a clearance.")
    segments: list[SegmentTold]
    results: str = Field(description="What was found.")
    findings: list[FindingTold]


class Studies(Page):
    """Studies, newest first."""

    items: list[StudyTold]


class RoundTold(Schema):
    """One round of usability tests."""

    id: int
    service: str
    flow: str
    held_on: date
    fiscal_year: int
    planned: int
    came: int | None = Field(description="Members of the public; null until it was held.")
    federal_employees: int
    approved: bool = Field(description="Whether a clearance covers it.")
    results: str = Field(description="What was found.")
    changed_since_last: str


class Rounds(Page):
    """Rounds by service, flow and day."""

    items: list[RoundTold]
