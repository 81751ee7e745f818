"""What /api/v1/designations answers with."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Field, Schema

from cx280.accounts.schemas import Page, Slice


class DesignationsAsked(Slice):
    """Which proposals."""

    fiscal_year: int | None = Field(None, ge=2000, le=2200)
    provider: str = Field("", max_length=80, description="Code of a provider.")


class DesignatedProposal(Schema):
    """A provider's proposal for a year."""

    provider: str
    fiscal_year: int
    stage: str = Field(description="draft, signed (with OMB), returned, concurred.")
    due: date
    signed_on: date | None = Field(description="The first signature: it decides about lateness.")
    returned_on: date | None
    concurred_on: date | None
    proposal: dict[str, Any] = Field(
        description="Services with why, figures with sources (null: not known), weights, ranks."
        " As signed last where OMB has it; as it stands where the agency writes."
    )


class DesignatedProposals(Page):
    """Proposals, the latest year first."""

    items: list[DesignatedProposal]
