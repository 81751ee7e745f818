"""What programs send to /api/v1/surveys, and what it answers with."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from cx280.accounts.schemas import FindingTold, Page


class SurveyLine(Schema):
    """A survey in the list."""

    code: str
    title: str
    service: str = Field(description="Code of the service it asks about.")
    channel: str
    state: str = Field(description="draft, open or closed.")
    questions: int = Field(description="How many one person is asked at most, in the draft.")
    minutes: float
    revision: int
    saved_at: datetime


class Surveys(Page):
    """Surveys by title."""

    items: list[SurveyLine]


class Draft(Schema):
    """The document being written. Send `revision` back with the next change of it."""

    survey: str
    revision: int
    saved_at: datetime
    document: dict[str, Any] = Field(description="A survey document.")


class DraftToSave(Schema):
    """A new document, and the revision it was made from."""

    model_config = {"extra": "forbid"}

    revision: int = Field(ge=0, le=2_147_483_647, description="The revision you read.")
    document: dict[str, Any] = Field(description="A survey document; words may still be missing.")


class DraftStands(Schema):
    """Why the draft was not saved, and what stands instead: take it over and change it anew."""

    type: str
    title: str
    status: int
    fix: str
    stands: Draft


class Checked(Schema):
    """What the Circular says about a document; `ok` while nothing in it stops a survey."""

    ok: bool
    edition: str
    questions: int
    minutes: float
    findings: list[FindingTold]


class Version(Schema):
    """A document exactly as people were, or are, asked it. It never changes."""

    number: int
    digest: str
    opened_at: datetime
    closed_at: datetime | None = Field(description="null while it is open.")
    closed_because: str
    findings: list[FindingTold] = Field(description="As they stood when it was opened.")
    document: dict[str, Any]


class Versions(Page):
    """Versions, first opened first."""

    items: list[Version]
