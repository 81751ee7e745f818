"""The checks of an assessment: one file each, named for what it finds (280.9, 280.17).

ERROR stops the signature, WARN and INFO inform.
"""

from collections.abc import Callable

from cx280.capacity.checks.component_blank import component_blank
from cx280.capacity.checks.function_missing import function_missing
from cx280.capacity.checks.human_centered_unsaid import human_centered_unsaid
from cx280.capacity.checks.idea_apart import idea_apart
from cx280.capacity.checks.level_unshown import level_unshown
from cx280.capacity.checks.mindset_unanswered import mindset_unanswered
from cx280.capacity.checks.no_idea import no_idea
from cx280.capacity.checks.no_initiative import no_initiative
from cx280.capacity.checks.orphan_action import orphan_action
from cx280.capacity.checks.practice_unanswered import practice_unanswered
from cx280.capacity.checks.unreviewed_quarter import unreviewed_quarter
from cx280.capacity.checks.vacant_role import vacant_role
from cx280.capacity.rules.facts import AssessmentFacts
from cx280.kernel.finding import Finding

Check = Callable[[AssessmentFacts], list[Finding]]

# In the order in which a person works through them.
CHECKS: tuple[Check, ...] = (
    function_missing,
    level_unshown,
    practice_unanswered,
    component_blank,
    vacant_role,
    no_initiative,
    human_centered_unsaid,
    no_idea,
    idea_apart,
    orphan_action,
    unreviewed_quarter,
    mindset_unanswered,
)


def check(facts: AssessmentFacts) -> list[Finding]:
    """Everything that is wrong with the assessment, in the order of the checks."""
    return [found for each in CHECKS for found in each(facts)]
