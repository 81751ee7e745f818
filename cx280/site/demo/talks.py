"""Talks with OMB: last year's deep dive with what was left to do, and this year's, planned."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cx280.accounts.models import Person
from cx280.deep_dive.actions.follow_ups import add_follow_up, close_follow_up
from cx280.deep_dive.actions.talks import hold_talk, plan_talk
from cx280.deep_dive.models import Discussion
from cx280.deep_dive.rules.vocabulary import Kind, Side, Task
from cx280.kernel.quarter import fiscal_year_of
from cx280.services.models import Hisp
from cx280.services.queries import designated_services

_AGREED = (
    "Waiting without word comes first: the Action Plan will answer it.\n"
    "Feedback by phone will be tied to the journey from next quarter on.\n"
    "OMB will say whether two services may share one survey."
)
_LEFT = (
    (Task.QUESTION, "Do people who come in person wait as long as those online?", Side.PROVIDER, 45,
     "In person 12 minutes in the middle, online two days. The wait is for the decision."),
    (Task.QUESTION, "Which office has the lowest trust, and does it know?", Side.PROVIDER, 60,
     "The offices see their own figures each week. None stands apart beyond chance."),
    (Task.COMMITMENT, "Say whether two services may share one survey", Side.OMB, 90, ""),
)  # fmt: skip
_ASKS = (
    "A decision on sharing one survey between two services\nA contact for text messages in Spanish"
)


def add_talks(people: dict[str, Person], today: date) -> int:
    """How many talks there are: of the provider whose services are designated."""
    first = designated_services(on=today).select_related("hisp").order_by("code").first()
    if first is None or first.hisp is None:
        return 0
    hisp, year = first.hisp, fiscal_year_of(today)
    lead, omb = people["cx_lead"], people["omb_reviewer"]
    _held(hisp, date(year - 1, 3, 26), year - 1, lead, omb)
    plan_talk(
        hisp, kind=Kind.DEEP_DIVE, fiscal_year=year, subject=f"Deep dive FY{year}",
        planned_on=max(date(year, 3, 24), today + timedelta(days=14)), asks=_ASKS, by=lead,
    )  # fmt: skip
    return Discussion.objects.count()


def _held(hisp: Hisp, day: date, year: int, lead: Person, omb: Person) -> None:
    talk = plan_talk(
        hisp, kind=Kind.DEEP_DIVE, fiscal_year=year, subject=f"Deep dive FY{year}", planned_on=day,
        by=lead,
    )  # fmt: skip
    at = timezone.make_aware(datetime.combine(day, time(17)))
    talk = hold_talk(
        talk, held_on=day, agreed=_AGREED, by=omb, now=at,
        for_provider="CX lead, senior accountable official, permit office", for_omb="CX desk",
    )  # fmt: skip
    for task, words, side, days, outcome in _LEFT:
        kept = add_follow_up(
            talk, task=task, words=words, side=side, owner="", by=omb,
            due_on=day + timedelta(days=days),
        )  # fmt: skip
        if outcome:
            done = day + timedelta(days=days - 9)
            close_follow_up(kept, done_on=done, outcome=outcome, by=lead, now=timezone.now())
