"""Builders of this folder: plans, rules and interactions, each with a default for everything."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.delivery.actions.handing import hand_over
from cx280.delivery.actions.mailing import save_mailing
from cx280.delivery.actions.plans import save_plan
from cx280.delivery.models import ContactRule, HandOver, Interaction, SamplingPlan
from cx280.delivery.rules.files import Row
from cx280.delivery.rules.handed import Handed
from cx280.delivery.rules.vocabulary import MessageChannel
from cx280.surveys.models import Survey
from tests.builders import a_document, a_survey, a_version

NOON = datetime(2022, 3, 1, 12, tzinfo=UTC)


def an_open_survey(**fields: Any) -> Survey:
    """A survey that is open for answers."""
    survey: Survey = a_version(**fields).survey
    return survey


def a_plan(survey: Survey | None = None, **fields: Any) -> SamplingPlan:
    """A plan that draws everybody."""
    usual: dict[str, Any] = {"by": None, "now": NOON, "method": "simple", "rate": 1.0, "seed": "s"}
    return save_plan(survey or an_open_survey(), **{**usual, **fields})


def contact_rules(agency: Organization, **fields: Any) -> ContactRule:
    """Rules of the agency: 30 quiet days, no limit a year, first come, first served."""
    usual = {"quiet_days": 30, "most_per_year": 0, "patience_days": 0}
    return ContactRule.objects.create(agency=agency, **{**usual, **fields})


def handed(interaction: str = "case-1", **fields: Any) -> Handed:
    """An interaction with Ana."""
    return Handed(interaction, **{"known_as": "ana@example.org", **fields})


def a_mailing(**fields: Any) -> Survey:
    """An open survey that asks everybody by message, without a reminder or contact rules."""
    document = a_document("Boat permits", placement="message", mode="email")
    survey = an_open_survey(survey=a_survey(draft=document))
    contact_rules(agency_of(survey.service.owner), quiet_days=0)
    a_plan(survey)
    save_mailing(survey, by=None, **{"sender": "Boat Permits", "reminder_hours": 0, **fields})
    return survey


def rows(*people: str, ended_at: datetime = NOON, **fields: Any) -> list[Row]:
    """A row for each address, all of them ended at the same time."""
    return [
        Row(line, Handed(f"case {each}", known_as=each, ended_at=ended_at, **fields))
        for line, each in enumerate(people, start=2)
    ]


def text_rows(*numbers: str, ended_at: datetime = NOON, **fields: Any) -> list[Row]:
    """A row for each number of somebody who agreed to be texted."""
    given = {"channel": MessageChannel.SMS, "ended_at": ended_at, **fields}
    return [
        Row(line, Handed(f"case {each}", known_as=each, **given))
        for line, each in enumerate(numbers, start=2)
    ]


def handed_over(survey: Survey, given: list[Row], now: datetime = NOON) -> HandOver:
    """The rows, handed over by nobody in particular."""
    return hand_over(survey, rows=given, by=None, source="upload", name="a.csv", now=now)


def states(survey: Survey) -> dict[str, int]:
    """How many interactions of the survey stand where; suppressed ones by their reason."""
    found: dict[str, int] = {}
    for each in Interaction.objects.filter(survey=survey).values_list("state", "reason"):
        name = each[1] or each[0]
        found[name] = found.get(name, 0) + 1
    return found
