"""The public content of a plan: what was signed, without a word that is only for the agency."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from cx280.circular.implements import implements
from cx280.plans.rules.facts import ActionFacts, PlanFacts
from cx280.plans.rules.vocabulary import Status

VERSION = 1


@implements("280.17-f3")
def content_of(plan: PlanFacts, summary: str) -> dict[str, Any]:
    """The plan as plain JSON values: dates as ISO strings, shares between 0 and 1."""
    return {
        "version": VERSION,
        "provider": plan.provider,
        "fiscal_year": f"FY{plan.fiscal_year}",
        "budget_year": f"FY{plan.budget_year}",
        "summary": summary,
        "designated_services": list(plan.designated),
        "actions": [_action(each) for each in plan.actions if each.status != Status.STOPPED],
    }


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


def digest(content: dict[str, Any]) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
