"""Templates of the Action Plan: the one that comes with cx280, and those that were loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cx280.issued.queries import usable_in
from cx280.plans.models import ActionPlan, PlanTemplateVersion
from cx280.plans.rules.templates import PlanTemplate

LIBRARY = Path(__file__).parents[1] / "library"


def shipped() -> Iterator[str]:
    """The texts of the templates that come with cx280."""
    for each in sorted(LIBRARY.glob("*.toml")):
        yield each.read_text(encoding="utf-8")


def templates_for(fiscal_year: int) -> list[PlanTemplateVersion]:
    """Those a plan of the year may answer: OMB’s before ours, then the newest version."""
    return usable_in(PlanTemplateVersion.objects.all(), fiscal_year)


def template_of(plan: ActionPlan) -> PlanTemplate | None:
    """What the plan answers, or None when it was begun before there were templates."""
    return plan.template_version.template if plan.template_version else None


def document_of(plan: ActionPlan) -> dict[str, Any] | None:
    """The same whole, fields nobody knows included."""
    document: dict[str, Any] | None = (
        plan.template_version.document if plan.template_version else None
    )
    return document
