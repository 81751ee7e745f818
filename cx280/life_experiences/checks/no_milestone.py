"""A designated life experience of which nobody knows what comes next (280.13-c3)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.life_experiences.rules.facts import ExperienceFacts
from cx280.life_experiences.rules.milestones import next_of

RULE = "280.13-c3"


@implements(RULE)
def no_milestone(experience: ExperienceFacts) -> list[Finding]:
    """A WARN where no milestone is open."""
    if next_of(experience.milestones) is not None or not experience.is_designated:
        return []
    return [
        Finding(RULE, Severity.WARN, f"“{experience.name}” has no milestone to come.",
                "milestones", "Add what is to be reached next, with its day.")
    ]  # fmt: skip
