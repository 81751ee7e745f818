"""What the API answers with; the columns of a measure come from the data dictionary."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from typing import Any

from ninja import Field, Schema
from pydantic import create_model

from cx280.life_experiences.schemas import LifeExperienceTold
from cx280.opendata.rules.dictionary import FIELDS


class Page(Schema):
    """Where a page stands among the others."""

    count: int = Field(description="How many rows there are in all.")
    page: int
    pages: int
    next: str | None = Field(description="Address of the next page; null on the last.")


class ReleaseLine(Schema):
    """A release in the list. A correction is the next number and names the one it replaces."""

    number: int
    quarter: str
    provider: str
    provider_name: str
    service: str
    service_name: str
    source: str
    published_at: datetime
    digest: str = Field(
        description="SHA-256 of the content as JSON with sorted keys, no spaces, UTF-8."
    )
    replaces: int | None
    reason: str = Field(description="Why it replaces the earlier one; blank for a first release.")
    replaced_by: int | None = Field(description="The correction, where there is one.")
    simulated: bool = Field(description="True for a demonstration: nothing in it is real.")
    address: str


class Release(Schema):
    """A release, whole. It never changes; whether it was replaced stands in the list."""

    number: int
    quarter: str
    published_at: datetime
    source: str
    digest: str
    replaces: int | None
    reason: str
    simulated: bool
    content: dict[str, Any]


class ServiceLine(Schema):
    """A service of which something is published."""

    service: str
    name: str
    provider: str
    provider_name: str
    agency: str
    agency_name: str
    first_quarter: str
    latest_quarter: str
    quarters: int
    page: str = Field(description="Address of the page for people.")


class QuarterLine(Schema):
    """A quarter of which something is published."""

    quarter: str
    starts_on: date
    ends_on: date
    services: int
    measures: int
    csv: str = Field(description="Address of all measures of the quarter as CSV.")


class DictionaryLine(Schema):
    """A column of the measures."""

    name: str
    type: str
    meaning: str
    unit: str
    empty: str = Field(description="When there is no value.")


class GlossaryLine(Schema):
    """A word, what it means here, the rules it comes from, the document it follows."""

    term: str
    text: str
    source: list[str]
    cites: str


with warnings.catch_warnings():
    # A column has the name of a method that pydantic keeps for old code: `construct`.
    warnings.filterwarnings("ignore", message='Field name "construct"')
    _columns: dict[str, Any] = {
        each.name: (each.type, Field(description=each.meaning)) for each in FIELDS
    }
    MeasureLine: Any = create_model("MeasureLine", __base__=Schema, **_columns)


class Releases(Page):
    """A page of releases, latest first."""

    items: list[ReleaseLine]


class Services(Page):
    """A page of services, by name."""

    items: list[ServiceLine]


class Quarters(Page):
    """A page of quarters, latest first."""

    items: list[QuarterLine]


class Measures(Page):
    """A page of measures, by quarter and service."""

    items: list[MeasureLine]


class Dictionary(Schema):
    """Every column, and the number of people under which nothing is shown."""

    smallest_group: int
    items: list[DictionaryLine]


class Glossary(Schema):
    """The vocabulary."""

    items: list[GlossaryLine]


class LifeExperiences(Page):
    """Designated life experiences, by name."""

    items: list[LifeExperienceTold]


class Start(Schema):
    """What there is, by address."""

    releases: str
    services: str
    quarters: str
    measures: str
    dictionary: str
    glossary: str
    life_experiences: str
    openapi: str
