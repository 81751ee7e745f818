"""What OMB promised in talks and has not done, and talks whose day passed without a record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from cx280.deep_dive.models import Discussion, FollowUp
from cx280.deep_dive.rules.vocabulary import Side
from cx280.oversight.rules.waiting import Kind, Waiting


def follow_ups(_today: date) -> Iterator[Waiting]:
    """Each from the day of the talk, with the day it is due."""
    rows = FollowUp.objects.filter(
        side=Side.OMB.value, done_on__isnull=True, discussion__held_on__isnull=False
    ).select_related("discussion__hisp__organization")
    for each in rows:
        talk = each.discussion
        yield _waiting(Kind.FOLLOW_UP, each.words, talk, talk.held_on or each.due_on, each.due_on)


def unrecorded(today: date) -> Iterator[Waiting]:
    """Each from the day it was planned for."""
    rows = Discussion.objects.filter(
        planned_on__lt=today, held_on__isnull=True, cancelled_because=""
    ).select_related("hisp__organization")
    for each in rows:
        yield _waiting(Kind.TALK, each.subject, each, each.planned_on or today)


def _waiting(
    kind: Kind, words: str, talk: Discussion, since: date, due: date | None = None
) -> Waiting:
    hisp = talk.hisp
    address = reverse("deep_dive:talk", args=[talk.pk])
    return Waiting(
        kind, words, hisp.code, hisp.name, hisp.organization.name, since, address, due
    )  # fmt: skip
