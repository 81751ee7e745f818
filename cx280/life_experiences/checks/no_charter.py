"""A designated life experience whose charter nobody can read (280.13-c4)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.life_experiences.rules.facts import ExperienceFacts

RULE = "280.13-c4"


@implements(RULE)
def no_charter(experience: ExperienceFacts) -> list[Finding]:
    """A WARN where it is designated and no public address of its charter is known."""
    if experience.charter or not experience.is_designated:
        return []
    return [
        Finding(RULE, Severity.WARN, f"The charter of “{experience.name}” has no public address.",
                "charter", "Publish it at Performance.gov and enter its address.")
    ]  # fmt: skip
