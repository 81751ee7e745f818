"""Begins and ends following a journey; with its secret goes all that was kept under it."""

from __future__ import annotations

import secrets
from datetime import date

from django.db import transaction

from cx280.accounts.models import Person
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.clearance.models import Clearance
from cx280.clearance.queries import following_findings
from cx280.delivery.models import Following
from cx280.delivery.rules.following import last_day_followed
from cx280.delivery.sealing import sealed
from cx280.kernel.problem import Conflict
from cx280.services.models import Journey


class MayNotFollow(Conflict):
    """The clearance does not allow reading one person's answers together."""


@implements("280.10-b3")
@transaction.atomic
def follow_journey(
    journey: Journey, *, clearance: Clearance | None, on: date, by: Person
) -> Following:
    """The journey, followed from now on under a secret of its own, for a year at most.

    Raises MayNotFollow, with the rule, unless a clearance is named that allows it.
    """
    if clearance is None or (stopping := following_findings(clearance, on)):
        first = following_findings(None, on)[0] if clearance is None else stopping[0]
        raise MayNotFollow(first.message, rule=first.rule, fix=first.fix)
    if Following.objects.filter(journey=journey).exists():
        raise Conflict("This journey is followed already.")
    made = Following.objects.create(
        journey=journey,
        clearance=clearance,
        sealed=sealed(secrets.token_hex(32)),
        begun_on=on,
        last_day=last_day_followed(on),
        begun_by=by,
    )
    _tell("follow_journey", journey, by.email, clearance=clearance.control_number)
    return made


@implements("280.10-b3")
@transaction.atomic
def stop_following(following: Following, *, actor: str) -> None:
    """Destroys the secret and every answer that was kept under it."""
    kept = following.answers.count()
    following.delete()
    _tell("stop_following_journey", following.journey, actor, answers=kept)


def destroy_followings(on: date) -> int:
    """How many came to their last day and were destroyed."""
    over = Following.objects.filter(last_day__lt=on).select_related("journey__service__owner")
    for each in list(over):
        stop_following(each, actor="system")
    return len(over)


def _tell(action: str, journey: Journey, actor: str, **detail: object) -> None:
    record(
        actor=actor,
        action=action,
        subject=subject_of(journey),
        organization=journey.service.owner.code,
        detail=detail,
    )
