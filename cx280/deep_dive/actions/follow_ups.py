"""Takes down what was left to do after a talk, and what came of it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.deep_dive.actions.talks import only_these_two, told
from cx280.deep_dive.models import Discussion, FollowUp
from cx280.deep_dive.rules.vocabulary import Side, Task
from cx280.kernel.problem import Conflict, Unusable


@transaction.atomic
def add_follow_up(
    talk: Discussion,
    *,
    task: str,
    words: str,
    side: str,
    owner: str,
    due_on: date,
    by: Person,
) -> FollowUp:
    """A question or a task of a talk that was held, with who owes it and by when."""
    only_these_two(by, talk.hisp)
    if talk.held_on is None:
        raise Conflict("This talk was not held yet.", fix="Record first that it was.")
    if due_on < talk.held_on:
        raise Unusable("This day is before the talk.", field="due_on")
    kept = FollowUp.objects.create(
        discussion=talk, task=Task.of(task).value, words=words.strip(), side=Side.of(side).value,
        owner=owner.strip(), due_on=due_on,
    )  # fmt: skip
    told("add_follow_up", talk, by, follow_up=kept.pk, due_on=due_on.isoformat())
    return kept


@transaction.atomic
def close_follow_up(
    follow_up: FollowUp, *, done_on: date, outcome: str, by: Person, now: datetime
) -> FollowUp:
    """What came of it, and when; for a question, the answer."""
    kept = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    only_these_two(by, kept.discussion.hisp)
    if kept.done_on is not None:
        raise Conflict("This is done already.")
    if done_on > timezone.localdate(now):
        raise Unusable("This day has not come yet.", field="done_on")
    if not outcome.strip():
        raise Unusable("Say what came of it.", field="outcome")
    kept.done_on, kept.outcome, kept.closed_by = done_on, outcome.strip(), by
    kept.save(update_fields=["done_on", "outcome", "closed_by"])
    told("close_follow_up", kept.discussion, by, follow_up=kept.pk, done_on=done_on.isoformat())
    return kept
