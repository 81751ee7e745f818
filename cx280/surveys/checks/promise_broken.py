"""A survey that says it is anonymous, and would be read together with a visit (280.7-j2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.checks.context import Context, place
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Mode, Promise

RULE = "280.7-j2"
_ANONYMOUS = re.compile(r"\ban[oóò]n[yi]m", re.IGNORECASE)  # anonymous, anonymity, anónima


@implements(RULE)
def promise_broken(document: SurveyDocument, _context: Context) -> list[Finding]:
    """An ERROR for each place that promises anonymity in a survey joined with visits.

    Whoever reads “anonymous” may believe it: the words go, or the join does. So does the join where
    the survey is not answered on a web page, because no visit leads there.
    """
    if document.promise is not Promise.SAME_VISIT:
        return []
    where = dict.fromkeys(at for at, words in _words(document) if _ANONYMOUS.search(words))
    found = [_broken(each) for each in where]
    if document.mode is not Mode.WEB:
        found.append(_nowhere(document))
    return found


def _words(document: SurveyDocument) -> Iterator[tuple[str, str]]:
    """Everything people read, with its place."""
    yield "title", document.title
    for name, texts in (
        ("titles", document.titles),
        ("introductions", document.introductions),
        ("thanks", document.thanks),
    ):
        yield from ((f"{name}.{locale}", words) for locale, words in texts.items())
    for index, question in enumerate(document.questions):
        here = place(index)
        yield from ((here, words) for words in (question.text, *question.texts.values()))
        for option in question.options:
            yield from ((here, words) for words in (option.text, *option.texts.values()))


def _broken(where: str) -> Finding:
    return Finding(
        RULE,
        Severity.ERROR,
        "Here people read that the survey is anonymous, and its answers may be read together with "
        "what was done on the website in the same visit.",
        where,
        "Take the promise out of these words, or let answers be joined with nothing.",
    )


def _nowhere(document: SurveyDocument) -> Finding:
    return Finding(
        RULE,
        Severity.ERROR,
        f"Answers by {document.mode.label.lower()} come from no visit to a website, so there is "
        "nothing to read them together with.",
        "promise",
        "Let answers be joined with nothing.",
    )
