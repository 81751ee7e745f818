"""What /api/v1/services answers with."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Field, Schema

from cx280.accounts.schemas import FindingTold, Page


class ServiceLine(Schema):
    """A service in the list."""

    code: str
    name: str
    unit: str = Field(description="Code of the unit that owns it.")
    unit_path: str = Field(description="The way to that unit from the department.")
    provider: str = Field(description="Code of its High-Impact Service Provider; blank for none.")
    service_type: str
    channels: list[str]
    retired_on: date | None


class Services(Page):
    """Services by code."""

    items: list[ServiceLine]


class Designation(Schema):
    """How far the service is designated; it counts once OMB concurred."""

    provider: str
    proposed_on: date
    signed_on: date | None
    concurred_on: date | None


class Service(Schema):
    """A service with its whole profile, and what the Circular's checks find in it."""

    code: str
    name: str
    designation: Designation | None = Field(description="null when nobody proposed it.")
    profile: dict[str, Any] = Field(
        description="The record as inventory files carry it. Contacts and names of people are"
        " blank for whoever may not change the service."
    )
    findings: list[FindingTold]
