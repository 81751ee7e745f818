"""Reads talks with OMB and what is left to do after them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from cx280.deep_dive.models import Discussion, FollowUp
from cx280.deep_dive.rules.standing import is_overdue, standing_of
from cx280.deep_dive.rules.vocabulary import Kind, Standing, Task
from cx280.services.models import Hisp


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk with how it stands, and how many of its follow-ups are left and overdue."""

    discussion: Discussion
    standing: Standing
    left: int
    overdue: int

    @property
    def day(self) -> date | None:
        """The day it was held, else the day it is planned for."""
        return self.discussion.held_on or self.discussion.planned_on


@dataclass(frozen=True, slots=True)
class Left:
    """A follow-up with whether it is overdue."""

    follow_up: FollowUp
    overdue: bool


def talks_of(discussions: QuerySet[Discussion], today: date) -> list[Talk]:
    """Each talk with how it stands; one query for any number."""
    counted = discussions.annotate(
        left=Count("follow_ups", filter=Q(follow_ups__done_on__isnull=True)),
        behind=Count(
            "follow_ups",
            filter=Q(follow_ups__done_on__isnull=True, follow_ups__due_on__lt=today),
        ),
    )
    return [_talk(each, today) for each in counted]


def _talk(found: Discussion, today: date) -> Talk:
    standing = standing_of(
        found.planned_on, found.held_on, cancelled=bool(found.cancelled_because), today=today
    )
    return Talk(found, standing, found.left, found.behind)  # type: ignore[attr-defined]


def standing_on(discussion: Discussion, today: date) -> Standing:
    """How one talk stands."""
    return standing_of(
        discussion.planned_on,
        discussion.held_on,
        cancelled=bool(discussion.cancelled_because),
        today=today,
    )


def left_of(follow_ups: Iterable[FollowUp], today: date) -> list[Left]:
    """Each with whether it is overdue, as ordered."""
    return [Left(each, is_overdue(each.due_on, each.done_on, today)) for each in follow_ups]


def follow_ups_of(discussions: QuerySet[Discussion], *, open_only: bool) -> QuerySet[FollowUp]:
    """The follow-ups of these talks, what is due first standing first."""
    found = FollowUp.objects.filter(discussion__in=discussions).select_related(
        "discussion__hisp__organization"
    )
    return found.filter(done_on__isnull=True) if open_only else found


def deep_dive_of(hisp: Hisp, fiscal_year: int) -> Discussion | None:
    """The deep dive of the year, held or planned, or None."""
    return (
        Discussion.objects.filter(
            hisp=hisp, fiscal_year=fiscal_year, kind=Kind.DEEP_DIVE.value, cancelled_because=""
        )
        .select_related("hisp__organization")
        .first()
    )


def deep_dives_of(
    hisps: Iterable[int], fiscal_years: Iterable[int]
) -> dict[tuple[int, int], Discussion]:
    """The deep dives of providers and years by (provider, year), cancelled ones left out."""
    found = Discussion.objects.filter(
        hisp__in=hisps,
        fiscal_year__in=fiscal_years,
        kind=Kind.DEEP_DIVE.value,
        cancelled_because="",
    )
    return {(each.hisp_id, each.fiscal_year): each for each in found}


def asked_before(hisp: Hisp, day: date) -> Sequence[FollowUp]:
    """The questions OMB asked in the last deep dive before that day; [] when there was none."""
    last = (
        Discussion.objects.filter(hisp=hisp, kind=Kind.DEEP_DIVE.value, held_on__lt=day)
        .order_by("-held_on")
        .first()
    )
    if last is None:
        return []
    return list(last.follow_ups.filter(task=Task.QUESTION.value).select_related("discussion"))
