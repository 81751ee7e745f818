"""Words on danger and suicide that no native speaker has read (280.6-a3)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.labels import language_name

RULE = "280.6-a3"
# cx280 has its own words for somebody in danger in these, those it says and those it looks for, and
# no native speaker has read either.
UNREAD = frozenset({"zh", "vi", "ko", "tl"})


@implements(RULE)
def danger_unread(document: SurveyDocument, context: Context) -> list[Finding]:
    """A WARN for each such language people may write in, until somebody marks it as read."""
    if context.read_locales is None or not any(each.is_free_text for each in document.questions):
        return []
    return [
        _finding(locale)
        for locale in document.locales
        if locale.split("-")[0] in UNREAD and locale not in context.read_locales
    ]


def _finding(locale: str) -> Finding:
    name = language_name(locale)
    return Finding(
        RULE,
        Severity.WARN,
        f"People may write in {name}, and no native speaker has read what somebody in danger is"
        f" told in it, nor the words by which cx280 finds such comments: it may miss some.",
        where=locale,
        fix=f"Have somebody whose language it is read the page Languages, and mark {name} as read;"
        f" read comments in {name} every day.",
    )
