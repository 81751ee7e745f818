"""A life experience as plain JSON values, for open data and for programs."""

from __future__ import annotations

from typing import Any

from cx280.life_experiences.queries.experiences import Whole
from cx280.life_experiences.rules.joined import Joined, Side


def document_of(whole: Whole) -> dict[str, Any]:
    """Public fields and published figures; shares lie between 0 and 1. Services in one group of
    `comparable` were asked alike; those in `alone` must be compared with nobody. No total."""
    row = whole.experience
    return {
        "code": row.code,
        "name": row.name,
        "story": row.story,
        "lead": row.lead.name if row.lead else None,
        "led_with": row.governance,
        "designated_on": row.designated_on,
        "ended_on": row.ended_on,
        "charter": row.charter_url or None,
        "charter_published_on": row.charter_published_on,
        "members": list(whole.members),
        "services": [
            {
                "service": each.service.code,
                "name": each.service.name,
                "agency": each.agency.name,
                "needed_for": each.need,
                "has_published_figures": each.has_figures,
            }
            for each in whole.places
        ],
        "milestones": [
            {
                "name": each.name, "due": each.due, "state": each.progress.value,
                "done_on": each.done_on, "late": each.late,
            }
            for each in whole.milestones
        ],
        "next_milestone": whole.next.name if whole.next else None,
        "measures": [_measure(each) for each in whole.measures],
        "simulated": row.simulated,
    }  # fmt: skip


def _measure(found: Joined) -> dict[str, Any]:
    return {
        "about": found.construct,
        "comparable": [
            {"key": group.key.written, "asked": group.words,
             "services": [_side(each, "") for each in group.sides]}
            for group in found.groups
        ],
        "alone": [_side(each, why) for each, why in found.alone],
    }  # fmt: skip


def _side(side: Side, why: str) -> dict[str, Any]:
    low, high = side.share.ends
    return {
        "service": side.code,
        "name": side.service,
        "agency": side.agency,
        "quarter": str(side.quarter),
        "question": side.text,
        "key": side.key.written,
        "share": None if side.too_few else side.share.share,
        "low": None if side.too_few else low,
        "high": None if side.too_few else high,
        "n": None if side.too_few else side.share.n,
        "too_few_to_show": side.too_few,
        "source": side.source,
        "not_comparable_because": why or None,
    }
