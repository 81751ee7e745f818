"""Ends of the quarantine: says which unit a code means, and that answers set apart do count."""

from __future__ import annotations

import uuid
from zoneinfo import ZoneInfo

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.agencies.queries import serving
from cx280.audit.actions import record, subject_of
from cx280.kernel.problem import Conflict
from cx280.responses import queries
from cx280.responses.models import Comment, Response, UnitAlias
from cx280.surveys.models import Survey

_BATCH = 500


@transaction.atomic
def place_unit(survey: Survey, *, code: str, unit: Organization, remember: bool, by: Person) -> int:
    """How many responses left quarantine: every one of the survey with that unknown code.

    remember: the code becomes an alias, so that later answers with it are placed at once.
    Raises Conflict for a unit that gives no service of the owner's.
    """
    owner = survey.service.owner
    if not Organization.objects.filter(serving(owner), pk=unit.pk).exists():
        raise Conflict(f"{unit.name} is not part of {owner.name}.", field="unit")
    if remember:
        agency = Organization.objects.get(path=queries.root_path(owner))
        UnitAlias.objects.update_or_create(agency=agency, code=code, defaults={"unit": unit})
    waiting = queries.responses_of(survey).filter(unknown_unit=code)
    placed = _move(list(waiting), unit)
    record(
        actor=by.email,
        action="place_unit",
        subject=subject_of(survey),
        organization=owner.code,
        detail={"code": code, "unit": unit.code, "responses": placed, "remembered": remember},
    )
    return placed


def _move(responses: list[Response], unit: Organization) -> int:
    """Places the responses; the day of each becomes that of the unit's clock.

    An imported response keeps the day its file gave it.
    """
    zone = ZoneInfo(unit.time_zone)
    for each in responses:
        each.unit, each.unknown_unit = unit, ""
        if each.source == Response.Source.WEB:
            each.day = each.received_at.astimezone(zone).date()
    Response.objects.bulk_update(responses, ["unit", "unknown_unit", "day"], batch_size=500)
    _move_comments({each.pk: each for each in responses})
    return len(responses)


def _move_comments(responses: dict[uuid.UUID, Response]) -> None:
    """The comments stand where their responses stand now."""
    ids = list(responses)
    for at in range(0, len(ids), _BATCH):
        comments = list(Comment.objects.filter(response__in=ids[at : at + _BATCH]))
        for each in comments:
            each.unit_id = responses[each.response_id].unit_id
            each.day = responses[each.response_id].day
        Comment.objects.bulk_update(comments, ["unit", "day"])


@transaction.atomic
def count_after_all(survey: Survey, *, because: str, by: Person) -> int:
    """How many responses count from now on, of those set apart as a robot's for that reason."""
    released = queries.responses_of(survey).filter(suspected=because).exclude(suspected="")
    wrote = Comment.objects.filter(response__in=released, counted=False)
    comments = list(wrote.values_list("pk", flat=True))
    counted = released.update(suspected="")
    for at in range(0, len(comments), _BATCH):
        Comment.objects.filter(pk__in=comments[at : at + _BATCH]).update(counted=True)
    record(
        actor=by.email,
        action="count_after_all",
        subject=subject_of(survey),
        organization=survey.service.owner.code,
        detail={"set_apart_because": because, "responses": counted},
    )
    return counted
