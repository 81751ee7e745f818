"""A study that asks ten or more of the public without OMB's approval (280.9-f2, 280.11-a1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.research.rules.facts import StudyFacts
from cx280.research.rules.rounds import MOST_WITHOUT_APPROVAL

RULE = "280.11-a1"


@implements(RULE)
def needs_approval(study: StudyFacts) -> list[Finding]:
    """An ERROR when more than nine members of the public are asked and no approval covers it."""
    if study.public <= MOST_WITHOUT_APPROVAL or study.is_cleared:
        return []
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"It asks {study.public} members of the public, and no approval of OMB covers it.",
            "public",
            "Enter it among the studies under a clearance, ask OMB, and link it here.",
        )
    ]
