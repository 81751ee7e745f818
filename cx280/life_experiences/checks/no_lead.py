"""A designated life experience that no agency leads (280.13-c3)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.life_experiences.rules.facts import ExperienceFacts

RULE = "280.13-c3"


@implements(RULE)
def no_lead(experience: ExperienceFacts) -> list[Finding]:
    """A WARN where no lead agency is named."""
    if experience.lead or not experience.is_designated:
        return []
    return [
        Finding(RULE, Severity.WARN, f"“{experience.name}” has no lead agency.", "lead",
                "Name the agency that leads it with OMB.")
    ]  # fmt: skip
