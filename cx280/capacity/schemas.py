"""What programs are told of assessments and registers."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from cx280.accounts.schemas import Page, Slice
from cx280.capacity.rules.vocabulary import Kind, Register, Stage


class AssessmentsAsked(Slice):
    """Which assessments to give."""

    fiscal_year: int | None = Field(None, ge=2000, le=2200, description="Only of that year.")


class AssessmentTold(Schema):
    """A Capacity Assessment, or the yearly reflection of an agency without a provider."""

    id: int
    subject: str = Field(description="The provider's or the agency's name.")
    kind: str = Field(description="One of: " + ", ".join(Kind) + ".")
    fiscal_year: int
    template: str = Field(description="The template's code and version.")
    official: bool = Field(description="Whether OMB issued the template.")
    stage: str = Field(description="One of: " + ", ".join(Stage) + ".")
    signed_at: datetime | None
    submitted_at: datetime | None


class Assessments(Page):
    """Assessments, the latest year first."""

    items: list[AssessmentTold]


class AssessmentWhole(AssessmentTold):
    """An assessment with its signed content; null while nothing is signed."""

    content: dict[str, Any] | None = Field(
        description="As signed, with the template it is read by: levels, answers, evidence."
    )
    digest: str | None


class EntriesAsked(Slice):
    """Which lines of a register to give."""

    fiscal_year: int | None = Field(None, ge=2000, le=2200, description="Only of that year.")


class EntryTold(Schema):
    """A line of a register; which fields it uses depends on the register."""

    id: int
    name: str = Field(description="One of: " + ", ".join(Register) + ".")
    unit: str = Field(description="The code of the organizational unit.")
    fiscal_year: int
    on: date | None
    what: str
    who: str
    words: str
    amount: Decimal | None
    answer: str
    status: str
    function: str
    address: str
    said_at: datetime


class Entries(Page):
    """Lines of a register, the latest first."""

    items: list[EntryTold]
