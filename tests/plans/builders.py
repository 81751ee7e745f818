"""An Action Plan in the record that may be signed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from cx280.plans.actions.writing import add_pain_point, begin_plan, save_action
from cx280.plans.models import Action, ActionPlan
from tests.obligations.builders import Owing


def a_ready_plan(owing: Owing, fiscal_year: int = 2023) -> ActionPlan:
    """One action for each of the two designated services."""
    plan = begin_plan(owing.hisp, fiscal_year=fiscal_year, by=owing.lead)
    for service in owing.services:
        an_action(owing, plan, service=service)
    return plan


def an_action(owing: Owing, plan: ActionPlan, **fields: Any) -> Action:
    """A whole action of the plan."""
    service = fields.pop("service", owing.services[0])
    point = add_pain_point(
        service, words="People wait without a word", kind="feedback",
        evidence="38 % of low ratings name the wait (n 412)", address="/measures/x/comments/",
        by=owing.lead,
    )  # fmt: skip
    given = {
        "service": service, "change": "Tell everybody by text when it will be decided",
        "pain_point": point, "owner": "Permit office",
        "starts_on": date(plan.budget_year - 1, 10, 1), "ends_on": date(plan.budget_year, 6, 30),
        "measure": "trust", "baseline": 0.7, "target": 0.75, "human_centered": "yes",
        "idea": "Online permits", "note": "Ask the union first.", **fields,
    }  # fmt: skip
    return save_action(plan, None, fields=given, by=owing.lead, now=timezone.now())
