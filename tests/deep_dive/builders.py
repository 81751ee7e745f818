"""Talks of a provider with OMB."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from cx280.accounts.models import Person
from cx280.deep_dive.actions.follow_ups import add_follow_up
from cx280.deep_dive.actions.talks import hold_talk, plan_talk
from cx280.deep_dive.models import Discussion, FollowUp
from cx280.services.models import Hisp
from tests.obligations.builders import at

DUE = date(2023, 3, 31)


def a_planned_talk(hisp: Hisp, by: Person, **fields: Any) -> Discussion:
    """The deep dive of FY2023, planned for a week before it is due."""
    given = {
        "kind": "deep_dive", "fiscal_year": 2023, "subject": "Deep dive FY2023",
        "planned_on": DUE - timedelta(days=7), "asks": "A contact for texts", **fields,
    }  # fmt: skip
    return plan_talk(hisp, by=by, **given)


def held(talk: Discussion, by: Person, on: date = DUE) -> Discussion:
    """The talk, held on a day."""
    return hold_talk(
        talk, held_on=on, agreed="Mend the wait.", for_provider="CX lead", for_omb="CX desk",
        by=by, now=at(on + timedelta(days=1)),
    )  # fmt: skip


def a_follow_up(talk: Discussion, by: Person, **fields: Any) -> FollowUp:
    """A question OMB asked, due a month after."""
    given = {
        "task": "question", "words": "How long do people wait?", "side": "provider",
        "owner": "Permit office", "due_on": DUE + timedelta(days=30), **fields,
    }  # fmt: skip
    return add_follow_up(talk, by=by, **given)
