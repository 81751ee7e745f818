"""What /api/v1/measures answers with."""

from __future__ import annotations

from ninja import Field, Schema

from cx280.accounts.schemas import Page


class MeasureLine(Schema):
    """How one question was answered in the quarter, or one driver tapped under one rating."""

    survey: str
    version: int
    question: str
    # A field named as pydantic's own method `construct` warns, so the name is an alias.
    measured: str = Field(alias="construct", description="trust, satisfaction, ease …")
    text: str
    option: str = Field(description="Words of the driver that was tapped; blank for a question.")
    driver: str
    polarity: str = Field(
        description="Of taps: which way those who were shown it had rated; high, middle or low."
    )
    n: int | None = Field(description="Who answered it; of taps, who was shown it.")
    share: float | None = Field(
        description="The share agreeing, or tapping, 0 to 1; null where answers have no order."
    )
    low: float | None = Field(
        description="Lower end of the 95 % interval; null where people found the survey themselves."
    )
    high: float | None = Field(description="Upper end of the 95 % interval.")
    key: str = Field(description="Compare two lines only where it is equal.")
    self_selected: bool = Field(
        description="True where people found the survey by themselves: nobody knows who did not."
    )
    suppressed: bool = Field(description="True where too few answered: all figures are null.")


class Measures(Page):
    """A service's quarter, in the order people were asked; the newest version first."""

    service: str
    unit: str = Field(
        description="Code of the office that these answers are about; blank for the whole service."
    )
    quarter: str
    smallest: int = Field(description="Fewer answers than this are never shown.")
    items: list[MeasureLine]
