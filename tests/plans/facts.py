"""A plan in which nothing is wrong, to be spoiled in one place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cx280.plans.rules.facts import ActionFacts, PlanFacts

GOOD = ActionFacts(
    number=1,
    change="Tell everybody by text when their permit will be decided",
    service="Boat permits",
    is_designated=True,
    owner="Permit office",
    starts_on=date(2023, 10, 1),
    ends_on=date(2024, 6, 30),
    measure="Trust: share that agrees",
    baseline=0.7,
    target=0.75,
    pain_point="People wait without a word",
    evidence=("38 % of comments with a low rating name the wait (n 412)",),
    human_centered="yes",
    idea="Online permits",
    status="planned",
)


def a_plan(**spoiled: Any) -> PlanFacts:
    """The plan due in FY2023 with one action, some of its fields replaced."""
    return PlanFacts("Rivers and Trails", 2023, ("Boat permits",), (replace(GOOD, **spoiled),))
