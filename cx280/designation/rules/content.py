"""What the official signs: services with why, every figure with its source, weights and ranks."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from cx280.circular.implements import implements
from cx280.designation.rules.facts import ProposalFacts
from cx280.designation.rules.scoring import Candidate, Placed, Span, placed
from cx280.kernel.finding import Finding
from cx280.surveys.rules.impact import FACTORS, weights_of

VERSION = 1


@implements("INC-40")
def content_of(
    proposal: ProposalFacts,
    warned: Iterable[Finding] = (),
    reasons: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The proposal as plain JSON values. What nobody knows is null, never zero.

    warned: the warnings that stand. reasons: by Finding.key, why each is right as it is.
    """
    said = reasons or {}
    ranked = placed(proposal.candidates, proposal.weights)
    return {
        "version": VERSION,
        "provider": proposal.provider,
        "fiscal_year": f"FY{proposal.fiscal_year}",
        "certified_inventory": f"FY{proposal.certified_year}" if proposal.certified_year else None,
        "weights": {name: round(part, 4) for name, part in weights_of(proposal.weights).items()},
        "services": [
            {"code": each.service.service, "name": each.service.name, "why": each.why}
            for each in proposal.chosen
        ],
        "meetings": proposal.meetings,
        "offices_that_came": [each.office.label for each in proposal.offices if each.took_part],
        "warnings": [
            {"rule": each.rule, "message": each.message, "reason": said.get(each.key, "")}
            for each in warned
        ],
        "impact": [_impact(each) for each in ranked],
    }


def _impact(each: Placed) -> dict[str, Any]:
    return {
        "code": each.candidate.code,
        "name": each.candidate.name,
        "score": None if each.score is None else round(each.score, 4),
        "rank": each.rank,
        "best_rank": each.best,
        "worst_rank": each.worst,
        **{name: _figure(each.candidate, name) for name in FACTORS},
    }


def _figure(candidate: Candidate, factor: str) -> dict[str, Any] | None:
    span = candidate.known.get(factor)
    if span is None:
        return None
    return {"value": span.value, "low": span.low, "high": span.high, "source": span.source}


def candidates_in(content: dict[str, Any]) -> list[Candidate]:
    """The services with their figures, as they were signed."""
    return [
        Candidate(
            each["code"],
            each["name"],
            {name: Span(**each[name]) for name in FACTORS if each[name] is not None},
        )
        for each in content["impact"]
    ]


def digest(content: dict[str, Any]) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
