"""Settles how websites show a survey, and switches it on and off."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.delivery.models import Embed
from cx280.delivery.queries.embeds import placed_document
from cx280.delivery.rules.embeds import MOST_ORIGINS, kinds_of, read_origin
from cx280.delivery.rules.vocabulary import EmbedKind, Moment
from cx280.kernel.problem import Conflict, Unusable
from cx280.surveys.models import Survey


@implements("280.10-k2", "280.10-k3")
def save_embed(
    survey: Survey,
    kind: EmbedKind,
    *,
    by: Person | None,
    origins: list[str],
    on: bool | None = None,
    **fields: Any,
) -> Embed:
    """How websites show the survey in that way from now on, all of it or nothing.

    fields: `corner`, `moment`, `seconds`, `words`. on: None leaves it as it was; else as
    `switch_embed` says. Raises Unusable for an origin that is none.
    """
    told = list(dict.fromkeys(read_origin(each) for each in origins))
    if not told:
        raise Unusable(
            "Name the website that may show it.",
            field="origins",
            fix="Elsewhere the survey could be shown under a false name.",
        )
    if len(told) > MOST_ORIGINS:
        raise Unusable(f"Name at most {MOST_ORIGINS} addresses.", field="origins")
    if kind is EmbedKind.PROMPT:
        fields["moment"] = fields.get("moment") or Moment.COMPLETED.value
    values = {**fields, "origins": told, "changed_by": by}
    with transaction.atomic():
        kept, _ = Embed.objects.update_or_create(survey=survey, kind=kind.value, defaults=values)
        _record(survey, by, "settle_embed", {"kind": kind.value, **fields, "origins": told})
        if on is None or on is kept.is_on:
            return kept
        return switch_embed(survey, kind, by=by, on=on)


@implements("INC-33")
def switch_embed(survey: Survey, kind: EmbedKind, *, by: Person | None, on: bool) -> Embed:
    """Shows the survey so on the websites settled, or takes it off; within a minute or two.

    Raises Conflict where the survey is not placed so, or nothing is settled.
    """
    with transaction.atomic():
        found = Embed.objects.select_for_update().filter(survey=survey, kind=kind.value).first()
        if on:
            _refuse(survey, kind, found)
        if found is None:
            raise Conflict("It was never switched on.")
        found.is_on, found.changed_by = on, by
        found.save(update_fields=["is_on", "changed_by", "changed_at"])
        _record(survey, by, "switch_embed", {"kind": kind.value, "on": on})
    return found


def _refuse(survey: Survey, kind: EmbedKind, found: Embed | None) -> None:
    if kind not in kinds_of(placed_document(survey).placement):
        placed = "a prompt" if kind is EmbedKind.PROMPT else "a link"
        raise Conflict(
            f"This survey is not placed as {placed}, so its counts would not mean what they say.",
            rule="INC-33",
            fix=f"Place it as {placed} around its questions and open that version,"
            " or make another survey for it.",
        )
    if found is None or not found.origins:
        raise Conflict("Nobody has said which website shows it.", field="origins")


def _record(survey: Survey, by: Person | None, action: str, detail: dict[str, Any]) -> None:
    record(
        actor=by.email if by else "system",
        action=action,
        subject=subject_of(survey),
        organization=agency_of(survey.service.owner).code,
        detail=detail,
    )
