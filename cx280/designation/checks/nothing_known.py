"""A service put forward of which no figure of impact is known (280.10-b1)."""

from cx280.circular.implements import implements
from cx280.designation.rules.facts import ProposalFacts
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.rules.impact import FACTORS

RULE = "280.10-b1"


@implements(RULE)
def nothing_known(proposal: ProposalFacts) -> list[Finding]:
    """An ERROR for each service with neither customers, nor cost, nor priority."""
    known = {each.code for each in proposal.candidates if len(each.missing) < len(FACTORS)}
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"Neither customers, cost nor priority of {each.named} are known.",
            each.where,
            "Write down one of them at least, with who says so.",
        )
        for each in proposal.chosen
        if each.service.service not in known
    ]
