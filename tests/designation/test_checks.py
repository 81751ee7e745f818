"""Each finding of a proposal is raised by exactly what it names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from cx280.designation.checks import check
from cx280.designation.rules.facts import ChosenFacts, ProposalFacts
from cx280.designation.rules.offices import taken
from cx280.designation.rules.scoring import Candidate, Span
from cx280.designation.rules.vocabulary import Office
from cx280.kernel.finding import Severity
from cx280.services.rules.designation import Designated
from cx280.surveys.rules.impact import FACTORS

KNOWN = {"customers": Span(900, 900, 900, "Counts")}


def chosen(code: str, **spoiled: Any) -> ChosenFacts:
    service = Designated(code, code.title(), None, None, in_certified_inventory=True)
    return replace(ChosenFacts("Many people depend on it.", service), **spoiled)


GOOD = ProposalFacts(
    provider="Rivers", fiscal_year=2023, certified_year=2022,
    chosen=(chosen("permits"), chosen("passes")),
    candidates=(Candidate("permits", "Permits", KNOWN), Candidate("passes", "Passes", KNOWN)),
    weights=dict.fromkeys(FACTORS, 1.0),
    meetings=1,
    offices=taken([{each.value: ("came", "") for each in Office}]),
)  # fmt: skip


def test_a_good_proposal_has_no_findings() -> None:
    assert check(GOOD) == []


@pytest.mark.proves("280.13-b6", "280.14-a1", "280.14-a2", "280.10-b1")
@pytest.mark.parametrize(
    ("spoiled", "rule", "says"),
    [
        ({"certified_year": None}, "280.13-b6", "no certified inventory"),
        ({"chosen": (chosen("permits"),)}, "280.13-b6", "1 service is put forward; 2"),
        ({"chosen": (chosen("permits"), chosen("permits"))}, "280.13-b6", "1 service is"),
        ({"chosen": (chosen("permits"), chosen("passes", why="Important"))}, "280.13-b6",
         "Nobody says why “Passes”"),
        ({"candidates": (Candidate("permits", "Permits", KNOWN), Candidate("passes", "P", {}))},
         "280.10-b1", "Neither customers, cost nor priority of “Passes”"),
        ({"chosen": (chosen("permits"), chosen("passes", service=Designated(
            "passes", "Passes", None, None, in_certified_inventory=False)))}, "280.13-b6",
         "“Passes” is not in the agency’s certified inventory"),
    ],
)  # fmt: skip
def test_one_fault_raises_exactly_one_finding(
    spoiled: dict[str, Any], rule: str, says: str
) -> None:
    (found,) = check(replace(GOOD, **spoiled))

    assert (found.rule, found.severity) == (rule, Severity.ERROR)
    assert says in found.message
    assert found.fix
