"""Nothing about employees, though people deliver the service (280.10-i2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context
from cx280.surveys.rules.coverage import constructs_covered
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct, Level

RULE = "280.10-i2"


@implements(RULE)
def employee_expected(document: SurveyDocument, context: Context) -> list[Finding]:
    """An INFO when a person is known to deliver the service and the survey is not self-service.

    Surveys that feed a quarterly report are told by 280.10-h3 instead.
    """
    meets_people = context.has_human_role is True and not document.self_service
    if not meets_people or document.level is not Level.TRANSACTION or document.hisp_reporting:
        return []
    if Construct.EMPLOYEE in constructs_covered(document):
        return []
    return [
        Finding(
            RULE,
            Severity.INFO,
            "People deliver this service, and the survey asks nothing about them.",
            fix="Add “Employees I interacted with were helpful.”, or leave it out on purpose.",
        )
    ]
