"""A large group of customers whom a study does not hear (280.4-b3)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.research.rules.facts import StudyFacts

RULE = "280.4-b3"
LARGE = 0.05  # a share of the customers above which a segment may not be left out


@implements(RULE)
def unreached_segment(study: StudyFacts) -> list[Finding]:
    """A WARN for each segment of more than 5 % of the customers with nobody in the study."""
    return [
        Finding(
            RULE,
            Severity.WARN,
            f"Nobody of “{each.segment}” takes part, {each.share:.0%} of the customers.".replace(
                "%", " %"
            ),
            f"segments[{each.segment}]",
            "Invite some of them, or say in the findings whom they do not speak for.",
        )
        for each in study.segments
        if each.share is not None and each.share > LARGE and each.present == 0
    ]
