"""The public content of a plan: what was signed, without a word that is only for the agency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cx280.circular.implements import implements
from cx280.plans.rules.facts import ActionFacts, PlanFacts
from cx280.plans.rules.templates import PlanTemplate
from cx280.plans.rules.vocabulary import Of, Status

# 2 adds the template and what was told under its own questions.
VERSION = 2


@implements("280.17-f3", "280.17-g1")
def content_of(
    plan: PlanFacts, summary: str, document: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """The plan as plain JSON values: dates as ISO strings, shares between 0 and 1.

    document: the template it answers, whole, fields nobody knows included.
    """
    return {
        "version": VERSION,
        "provider": plan.provider,
        "fiscal_year": f"FY{plan.fiscal_year}",
        "budget_year": f"FY{plan.budget_year}",
        "summary": summary,
        "designated_services": list(plan.designated),
        "told": _told(plan.template, Of.PLAN, plan.told),
        "actions": [
            _action(each) | {"told": _told(plan.template, Of.ACTION, each.told)}
            for each in plan.actions
            if each.status != Status.STOPPED
        ],
        "template": dict(document) if document is not None else None,
    }


def _told(template: PlanTemplate | None, of: Of, told: Mapping[str, str]) -> list[dict[str, str]]:
    """What was said under the template's own questions, where it may leave the agency."""
    return [
        {"code": each.code, "question": each.question, "words": told[each.code]}
        for each in (template.own(of) if template else ())
        if each.public and told.get(each.code)
    ]


def _action(action: ActionFacts) -> dict[str, Any]:
    return {
        "change": action.change,
        "service": action.service,
        "designated": action.is_designated,
        "pain_point": action.pain_point,
        "evidence": list(action.evidence),
        "owner": action.owner,
        "starts_on": action.starts_on.isoformat() if action.starts_on else None,
        "ends_on": action.ends_on.isoformat() if action.ends_on else None,
        "measure": action.measure,
        "baseline": action.baseline,
        "target": action.target,
        "human_centered_design": action.human_centered,
        "idea_initiative": action.idea,
    }


def readable(content: dict[str, Any]) -> dict[str, Any]:
    """The content for pages: its days as days."""
    actions = [
        each
        | {
            name: date.fromisoformat(each[name]) if each[name] else None
            for name in ("starts_on", "ends_on")
        }
        for each in content["actions"]
    ]
    return {**content, "actions": actions}
