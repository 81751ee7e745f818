"""Rounds that asked the same of ten or more of the public in twelve months (280.9-f2)."""

from collections.abc import Sequence

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.research.rules.rounds import Round, crowds

RULE = "280.9-f2"


@implements(RULE)
def crowded_rounds(rounds: Sequence[Round]) -> list[Finding]:
    """An ERROR for each set of questions that more than nine were asked without an approval."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"“{each.asks}” of {each.flow}: {each.people} members of the public were or are asked"
            " the same within twelve months, and no approval of OMB covers it.",
            f"rounds[{each.flow}]",
            "Ask OMB before the tenth: enter a study under a clearance and link the rounds to it.",
        )
        for each in crowds(rounds)
        if each.needs_approval
    ]
