"""A driver called not applicable without a reason or without anybody's name (INC-21)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context
from cx280.surveys.rules.document import SurveyDocument

RULE = "INC-21"


@implements(RULE)
def not_applicable_unexplained(document: SurveyDocument, context: Context) -> list[Finding]:
    """An ERROR for each driver set aside without reason and approver; employees need neither
    where no person does a task."""
    personal = {each.code for each in context.edition.drivers if each.needs_a_person}
    found: list[Finding] = []
    for each in document.not_applicable:
        if each.driver in personal and (document.self_service or context.has_human_role is False):
            continue
        if not (each.reason.strip() and each.approved_by.strip()):
            found.append(
                Finding(
                    RULE,
                    Severity.ERROR,
                    f"The driver “{each.driver}” is set aside without saying why and who agreed.",
                    fix="Write the reason and the name of who agreed; the report shows both.",
                )
            )
    return found
