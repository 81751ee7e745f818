"""The checks of a quarter package: one file each, named for what it finds.

Each takes the content, last quarter's content or None, and the facts; it gives back findings.
ERROR stops the signature, WARN needs a written justification, INFO informs.
"""

from collections.abc import Callable

from cx280.kernel.finding import Finding
from cx280.reporting.checks.control_number import control_number
from cx280.reporting.checks.counts_not_reconciled import counts_not_reconciled
from cx280.reporting.checks.driver_missing import driver_missing
from cx280.reporting.checks.few_answers import few_answers
from cx280.reporting.checks.late import late
from cx280.reporting.checks.narrative_blank import narrative_blank
from cx280.reporting.checks.narrative_too_long import narrative_too_long
from cx280.reporting.checks.no_indicator import no_indicator
from cx280.reporting.checks.no_moment import no_moment
from cx280.reporting.checks.phone_without_journey import phone_without_journey
from cx280.reporting.checks.release_not_permitted import release_not_permitted
from cx280.reporting.checks.satisfaction_missing import satisfaction_missing
from cx280.reporting.checks.self_selected import self_selected
from cx280.reporting.checks.tap_with_mean import tap_with_mean
from cx280.reporting.checks.trust_missing import trust_missing
from cx280.reporting.checks.volumes_out_of_order import volumes_out_of_order
from cx280.reporting.checks.wording_changed import wording_changed
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts

Check = Callable[[Content, Content | None, PackageFacts], list[Finding]]

# In the order in which a person works through them.
CHECKS: tuple[Check, ...] = (
    trust_missing,
    satisfaction_missing,
    driver_missing,
    counts_not_reconciled,
    tap_with_mean,
    volumes_out_of_order,
    control_number,
    no_moment,
    phone_without_journey,
    wording_changed,
    no_indicator,
    narrative_blank,
    narrative_too_long,
    late,
    few_answers,
    self_selected,
)

# What stands between an accepted report and its release.
PUBLICATION_CHECKS: tuple[Check, ...] = (release_not_permitted,)


def check(content: Content, previous: Content | None, facts: PackageFacts) -> list[Finding]:
    """Everything that is wrong with the package, in the order of the checks."""
    return [found for each in CHECKS for found in each(content, previous, facts)]


def check_publication(content: Content, facts: PackageFacts) -> list[Finding]:
    """Everything that stands between the accepted report and its release."""
    return [found for each in PUBLICATION_CHECKS for found in each(content, None, facts)]
