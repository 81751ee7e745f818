"""What /api/v1/quarters answers with."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Field, Schema

from cx280.accounts.schemas import Page


class PackageLine(Schema):
    """A service's quarter in the list."""

    id: int
    service: str
    service_name: str
    provider: str
    quarter: str
    state: str = Field(description="draft, certified, submitted, returned, accepted or published.")
    due: date = Field(description="The date that counts.")
    submitted_on: date | None = Field(description="When it was first sent to OMB.")


class Packages(Page):
    """Packages, latest quarter first."""

    items: list[PackageLine]


class Package(PackageLine):
    """A service's quarter, whole; OMB gets it as it was sent last."""

    content: dict[str, Any]


class Accepting(Schema):
    """OMB takes a quarter as it is."""

    model_config = {"extra": "forbid"}

    comment: str = Field("", max_length=5000, description="A word to the agency; may be left out.")


class Returning(Schema):
    """OMB gives a quarter back."""

    model_config = {"extra": "forbid"}

    comment: str = Field(max_length=5000, description="What the agency has to change.")
