"""A service put forward without a word on why (280.13-b6)."""

from cx280.circular.implements import implements
from cx280.designation.rules.facts import ProposalFacts
from cx280.kernel.finding import Finding, Severity

RULE = "280.13-b6"
_SHORTEST = 4  # words that can be a reason


@implements(RULE)
def why_unsaid(proposal: ProposalFacts) -> list[Finding]:
    """An ERROR for each service whose reason is not a sentence: OMB judges by it."""
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"Nobody says why {each.named} is put forward.",
            each.where,
            "Write in a sentence why this service rather than another.",
        )
        for each in proposal.chosen
        if len(each.why.split()) < _SHORTEST
    ]
