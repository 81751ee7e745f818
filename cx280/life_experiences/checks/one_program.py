"""Something that people get through in one place is no life experience (280.13-c2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.life_experiences.rules.facts import ExperienceFacts

RULE = "280.13-c2"


@implements(RULE)
def one_program(experience: ExperienceFacts) -> list[Finding]:
    """A WARN unless it leads through two programs, agencies or levels of government."""
    several = (experience.programs, experience.agencies, experience.levels)
    if any(len(set(each)) > 1 for each in several):
        return []
    return [
        Finding(RULE, Severity.WARN,
                f"“{experience.name}” leads through fewer than two programs, agencies or levels of"
                " government.", "services", "Add the services people need next, or the members.")
    ]  # fmt: skip
