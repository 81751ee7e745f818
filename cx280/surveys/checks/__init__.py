"""The checks of 280.10: each one function, in a file named for what it finds."""

from collections.abc import Callable

from cx280.kernel.finding import Finding
from cx280.surveys.checks.consent_missing import consent_missing
from cx280.surveys.checks.context import Context, Disclosure, Discussion
from cx280.surveys.checks.danger_unread import danger_unread
from cx280.surveys.checks.double_mapped import double_mapped
from cx280.surveys.checks.driver_scale import driver_scale
from cx280.surveys.checks.drivers_missing import drivers_missing
from cx280.surveys.checks.employee_expected import employee_expected
from cx280.surveys.checks.equity_or_transparency import equity_or_transparency
from cx280.surveys.checks.free_text_count import free_text_count
from cx280.surveys.checks.free_text_forced import free_text_forced
from cx280.surveys.checks.hisp_measures import hisp_measures
from cx280.surveys.checks.icons_elsewhere import icons_elsewhere
from cx280.surveys.checks.many_questions import many_questions
from cx280.surveys.checks.misfiled import misfiled
from cx280.surveys.checks.not_applicable_unexplained import not_applicable_unexplained
from cx280.surveys.checks.option_without_driver import option_without_driver
from cx280.surveys.checks.promise_broken import promise_broken
from cx280.surveys.checks.purpose_missing import purpose_missing
from cx280.surveys.checks.relationship_unplanned import relationship_unplanned
from cx280.surveys.checks.satisfaction_missing import satisfaction_missing
from cx280.surveys.checks.satisfaction_reworded import satisfaction_reworded
from cx280.surveys.checks.satisfaction_scale import satisfaction_scale
from cx280.surveys.checks.several_pages import several_pages
from cx280.surveys.checks.statement_out_of_place import statement_out_of_place
from cx280.surveys.checks.supplementary_elsewhere import supplementary_elsewhere
from cx280.surveys.checks.tapping_without_rating import tapping_without_rating
from cx280.surveys.checks.too_long import too_long
from cx280.surveys.checks.too_many_questions import too_many_questions
from cx280.surveys.checks.trust_icons import trust_icons
from cx280.surveys.checks.trust_missing import trust_missing
from cx280.surveys.checks.trust_reworded import trust_reworded
from cx280.surveys.checks.trust_scale import trust_scale
from cx280.surveys.checks.trust_wording_agreed import trust_wording_agreed
from cx280.surveys.checks.unfilled_slot import unfilled_slot
from cx280.surveys.checks.unmapped import unmapped
from cx280.surveys.rules.document import SurveyDocument

__all__ = ["CHECKS", "Context", "Disclosure", "Discussion", "check"]

Check = Callable[[SurveyDocument, Context], list[Finding]]

# In the order of the Circular; findings come in this order, within a check by question.
CHECKS: tuple[Check, ...] = (
    promise_broken,
    consent_missing,
    danger_unread,
    many_questions,
    trust_missing,
    trust_scale,
    trust_wording_agreed,
    trust_reworded,
    trust_icons,
    unfilled_slot,
    satisfaction_missing,
    satisfaction_scale,
    satisfaction_reworded,
    icons_elsewhere,
    drivers_missing,
    tapping_without_rating,
    option_without_driver,
    driver_scale,
    free_text_count,
    free_text_forced,
    purpose_missing,
    too_many_questions,
    too_long,
    hisp_measures,
    employee_expected,
    unmapped,
    double_mapped,
    misfiled,
    statement_out_of_place,
    supplementary_elsewhere,
    several_pages,
    relationship_unplanned,
    equity_or_transparency,
    not_applicable_unexplained,
)


def check(document: SurveyDocument, context: Context) -> list[Finding]:
    """Everything found in the survey, in the order of the Circular's rules."""
    return [finding for each in CHECKS for finding in each(document, context)]
