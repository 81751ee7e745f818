"""What programs send to and get from /api/v1/surveys/{code}/responses."""

from __future__ import annotations

import uuid
from typing import Annotated

import msgspec
from msgspec import Meta
from ninja import Field, Schema
from pydantic import AwareDatetime, StrictInt, StrictStr, field_validator

MOST_AT_ONCE = 1000
# The years a response can be of; beyond, a time zone has no day for a moment.
_FIRST_YEAR, _LAST_YEAR = 2000, 2100

QuestionId = Annotated[str, Field(max_length=60)]
# True is not 1, so numbers and words are taken as they are.
Code = StrictInt | Annotated[StrictStr, Field(max_length=200)]
Answer = Code | Annotated[list[Code], Field(max_length=50)] | None


class Collected(Schema):
    """One response that was collected elsewhere."""

    model_config = {"extra": "forbid"}

    external_id: str = Field(
        min_length=1,
        max_length=100,
        description="Your own id of it: sent twice, it is stored once.",
    )
    received_at: AwareDatetime = Field(
        description="When it was given, with its time zone. The day where the service is counts."
    )
    answers: dict[QuestionId, Answer] = Field(
        {},
        max_length=200,
        description="Code by question id; a list where several may be chosen; null for skipped.",
    )
    comments: dict[QuestionId, str] = Field(
        {}, max_length=200, description="People's own words by question id; redacted before stored."
    )
    unit: str = Field(
        "", max_length=60, description="Code of the unit; an unknown one waits for its unit."
    )
    channel: str = Field(
        "", max_length=30, description="A channel of the service; blank: the survey's."
    )
    customer_type: str = Field(
        "",
        max_length=20,
        description="federal_employee, individual, business or organization; blank: the public.",
    )
    language: str = Field("en", min_length=1, max_length=12)

    @field_validator("received_at")
    @classmethod
    def is_of_our_time(cls, moment: AwareDatetime) -> AwareDatetime:
        """The moment; refuses years in which no response can have been given."""
        if not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
            raise ValueError("no response can be of that year")
        return moment


class Batch(Schema):
    """Responses to one version of a survey, asked in one way."""

    model_config = {"extra": "forbid"}

    version: int | None = Field(
        None, ge=1, le=32_767, description="The version people answered; the last one when absent."
    )
    responses: list[Collected] = Field(min_length=1, max_length=MOST_AT_ONCE)


class Refused(Schema):
    """A response that was not stored; `response` is its place in what was sent, from 0."""

    response: int
    reason: str


class Reconciled(Schema):
    """Every response accounted for: rows = accepted + duplicate + rejected."""

    rows: int
    accepted: int
    duplicate: int = Field(description="There already under the same external_id.")
    rejected: int
    quarantined: int = Field(description="Of those accepted: no unit has their code yet.")
    redacted: int = Field(description="Places taken out of comments.")
    reasons: dict[str, int]
    examples: list[Refused] = Field(description="The first 20 that were rejected.")


# By a kiosk's own clock, which may be anything.
Milliseconds = Annotated[int, Meta(ge=0, lt=2**53)]
Short = Annotated[str, Meta(max_length=60)]
Values = Annotated[list[Annotated[str, Meta(max_length=20_000)]], Meta(max_length=50)]


class KioskAnswer(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One person's answers at a kiosk. `id` is made there: sent twice, it is stored once."""

    id: uuid.UUID
    page: Annotated[str, Meta(max_length=1000)]  # the signed token of the page they were given on
    began: Milliseconds
    sent: Milliseconds
    language: Annotated[str, Meta(max_length=12)]
    answers: Annotated[dict[Short, Values], Meta(max_length=200)]


class KioskBegun(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Somebody who touched the survey and left. Told again, they are counted once."""

    id: uuid.UUID
    page: Annotated[str, Meta(max_length=1000)]
    began: Milliseconds
    language: Annotated[str, Meta(max_length=12)]


class KioskBatch(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """What a kiosk tells every half minute, with answers or without."""

    now: Milliseconds
    waiting: Annotated[int, Meta(ge=0, lt=2**31)] = 0  # answers that stay on it after these
    refused: Annotated[int, Meta(ge=0, lt=2**31)] = 0
    answers: Annotated[list[KioskAnswer], Meta(max_length=100)] = []
    begun: Annotated[list[KioskBegun], Meta(max_length=100)] = []
