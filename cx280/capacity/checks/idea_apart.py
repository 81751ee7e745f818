"""Modernization that stands in the Action Plan or in the IDEA report only (280.17-e5)."""

from collections.abc import Iterable

from cx280.capacity.rules.facts import AssessmentFacts
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity

RULE = "280.17-e5"


@implements(RULE, "INC-32")
def idea_apart(facts: AssessmentFacts) -> list[Finding]:
    """A WARN for each item in one and not in the other, both ways.

    Only where the template asks for it: the yearly reports ended after 2023 (INC-32). Names are
    compared without regard to case and spaces.
    """
    if not facts.template.idea_report:
        return []
    planned = _by_key(each.idea for each in facts.improvements if each.is_action)
    reported = _by_key(facts.idea_report)
    only_planned = [planned[key] for key in planned if key not in reported]
    only_reported = [reported[key] for key in reported if key not in planned]
    return [
        *(_finding(each, "in the Action Plan and not in the IDEA report") for each in only_planned),
        *(
            _finding(each, "in the IDEA report and not in the Action Plan")
            for each in only_reported
        ),
    ]


def _by_key(names: Iterable[str]) -> dict[str, str]:
    return {" ".join(each.casefold().split()): each for each in names if each.strip()}


def _finding(name: str, where: str) -> Finding:
    return Finding(
        RULE,
        Severity.WARN,
        f"“{name}” stands {where}.",
        f"idea[{name}]",
        "Call it by one name in both, or say why it stands in one only.",
    )
