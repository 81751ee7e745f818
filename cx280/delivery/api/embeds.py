"""Surveys on websites over the API: how they are shown, whether they are, and what came of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Path, Query, Router, Schema
from pydantic import ConfigDict, StringConstraints

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code
from cx280.delivery import access
from cx280.delivery.actions.embeds import save_embed
from cx280.delivery.api.schemas import Days
from cx280.delivery.models import Embed
from cx280.delivery.queries.embeds import Seen, embeds_of, seen_of
from cx280.delivery.rules.embeds import LONGEST_WAIT, MOST_ORIGINS
from cx280.delivery.rules.vocabulary import Corner, EmbedKind, Moment
from cx280.surveys.models import Survey

router = Router()
SEE, EDIT = Capability.SEE_SURVEYS, Capability.EDIT_SURVEYS
Kind = Literal["tab", "inline", "prompt"]
Said = Annotated[str, StringConstraints(max_length=120, strip_whitespace=True)]


class Settled(Schema):
    """One way to show a survey."""

    model_config = ConfigDict(extra="forbid")

    on: bool = Field(description="Whether websites show it so.")
    origins: list[str] = Field(max_length=MOST_ORIGINS, description="Who may frame it.")
    corner: Literal["end", "start"] = Field(
        "end", description="; ".join(f"{each.value}: {each.label}" for each in Corner)
    )
    moment: Literal["completed", "ended", "given_up", "opened"] = Field(
        "completed",
        description="Of a prompt. " + "; ".join(f"{each.value}: {each.label}" for each in Moment),
    )
    seconds: int = Field(0, ge=0, le=LONGEST_WAIT, description="A prompt waits so long after it.")
    words: dict[Literal["en", "es"], Said] = Field({}, description="By language; else the usual.")


class Counts(Schema):
    """Times; null where nobody counted, which is not zero."""

    offered: int | None
    opened: int | None
    began: int | None
    finished: int | None


class Told(Settled):
    """One way as it stands, with what people did."""

    kind: Kind
    counts: Counts


@router.get("/surveys/{code}/websites", response=list[Told], auth=needs(SEE),
            operation_id="websites", summary="How websites show a survey")  # fmt: skip
def websites(request: HttpRequest, code: Path[Code], part: Query[Days]) -> list[dict[str, Any]]:
    """Every way that was settled, switched on or not, with the counts of the last days."""
    survey = access.survey_to_see(asking_person(request), code)
    seen = seen_of(survey, _since(part.days))
    return [_told(each, seen.get(kind)) for kind, each in embeds_of(survey).items()]


@router.put("/surveys/{code}/websites/{kind}", response=Told, auth=needs(EDIT),
            operation_id="save-website", summary="Show a survey on websites, or stop")  # fmt: skip
def settle(request: HttpRequest, code: Path[Code], kind: Kind, body: Settled) -> dict[str, Any]:
    """The way as saved; websites that carry the mark follow within a minute.

    409 with INC-33 for a prompt of a survey placed as a link, or the other way round.
    """
    person = asking_person(request)
    survey, way = access.survey_to_edit(person, code), EmbedKind.of(kind)
    kept = save_embed(survey, way, by=person, **body.dict())
    return _told(kept, _seen(survey, way))


def _since(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def _seen(survey: Survey, kind: EmbedKind) -> Seen | None:
    return seen_of(survey, _since(90)).get(kind)


def _told(embed: Embed, seen: Seen | None) -> dict[str, Any]:
    return {
        "kind": embed.kind,
        "on": embed.is_on,
        "origins": embed.origins,
        "corner": embed.corner,
        "moment": embed.moment or Moment.COMPLETED.value,
        "seconds": embed.seconds,
        "words": embed.words,
        "counts": seen or Seen(None, None, None, None),
    }
