"""What a provider's quarterly report will lack with this survey (280.10-h1 to h3)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, asked
from cx280.surveys.rules.coverage import drivers_left_out
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import DRIVER_CONSTRUCTS, Construct, Level


@implements("280.1-a2", "INC-19")
def hisp_measures(document: SurveyDocument, context: Context) -> list[Finding]:
    """An INFO for each measure the quarterly report needs and this survey does not ask.

    Only for surveys that feed a High-Impact Service Provider's report; the report itself refuses.
    What 280.10-c1, d1 or e1 already finds is not said twice.
    """
    if not document.hisp_reporting:
        return []
    found: list[Finding] = []
    if document.level is not Level.TRANSACTION:
        found += _overall(document, Construct.TRUST, "280.10-h1")
        found += _overall(document, Construct.SATISFACTION, "280.10-h2")
    if asked(document, Construct.DRIVERS, *DRIVER_CONSTRUCTS):
        left_out = drivers_left_out(document, context.edition, context.has_human_role)
        found += [_driver(context.edition.drivers[place].name) for place in left_out]
    return found


def _overall(document: SurveyDocument, construct: Construct, rule: str) -> list[Finding]:
    if asked(document, construct):
        return []
    return [
        Finding(
            rule,
            Severity.INFO,
            f"The quarterly report needs a measure of {construct.value}; this survey has none.",
            fix="Ask it here, or in another survey of the same service.",
        )
    ]


def _driver(name: str) -> Finding:
    return Finding(
        "280.10-h3",
        Severity.INFO,
        f"The quarterly report will need a reason why “{name}” has no data.",
        fix="Ask one of its statements, or say why it does not apply and who agreed.",
    )
