"""What programs are told of obligations."""

from __future__ import annotations

from datetime import date

from ninja import Field, Schema

from cx280.accounts.schemas import Page, Slice
from cx280.obligations.rules.vocabulary import Scope, State


class ObligationsAsked(Slice):
    """Which obligations to give."""

    fiscal_year: int | None = Field(None, ge=2000, le=2200, description="Only of that year.")
    provider: str = Field(
        "", pattern=r"^[-a-zA-Z0-9_]{0,60}$", description="Only of the provider with that code."
    )
    open: bool = Field(False, description="Only those somebody still has to do something for.")


class ObligationTold(Schema):
    """One thing owed to OMB by a day."""

    id: int
    provider: str | None = Field(
        description="The code of the High-Impact Service Provider; null for the agency's own."
    )
    agency: str = Field(description="The code of the unit whose people do it.")
    obligation: str = Field(description="The edition's code: quarterly, action_plan and others.")
    name: str
    scope: str = Field(description="One of: " + ", ".join(Scope) + ".")
    service: str | None = Field(description="The code of the service; null for the provider.")
    period: str = Field(description="FY2022 or FY2022 Q1.")
    due: date = Field(description="The day that counts.")
    rule_date: date = Field(description="What the rule alone gives.")
    act_by: date = Field(description="The last business day that is safe.")
    why: str = Field(description="Where the due day comes from.")
    source: str = Field(description="The catalogue id that the due day comes from.")
    state: str = Field(description="One of: " + ", ".join(State) + ".")
    met_on: date | None = Field(description="The day it was handed in; null where it was not.")
    waits_for_signature: bool


class Obligations(Page):
    """Obligations, the earliest due first."""

    items: list[ObligationTold]
