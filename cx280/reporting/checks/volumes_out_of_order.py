"""Answers are no more than respondents, those no more than offered, those no more than served."""

from itertools import pairwise

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content, SurveyReport
from cx280.reporting.rules.facts import PackageFacts


@implements("280.15-a2")
def volumes_out_of_order(
    content: Content, previous: Content | None, facts: PackageFacts
) -> list[Finding]:
    """ERROR where answers <= respondents <= offered <= served does not hold; unknowns are skipped.

    A survey's own customers are compared where it has them, else those of the whole service.
    """
    found = []
    for survey in content.surveys:
        for problem in _problems(survey, content.customers_served):
            found.append(
                Finding(
                    rule="280.15-a2",
                    severity=Severity.ERROR,
                    message=f"{survey.title}: {problem}.",
                    where=f"surveys[{survey.code}].volumes",
                    fix="Correct the number of people served or offered the survey.",
                )
            )
    return found


def _problems(survey: SurveyReport, served: int | None) -> list[str]:
    volumes = survey.volumes
    customers = volumes.customers if volumes.customers is not None else served
    most = max((each.answered or 0 for each in survey.questions), default=0)
    chain = [
        (count, words)
        for count, words in (
            (most, "answers to one question"),
            (volumes.respondents, "people who answered"),
            (volumes.offered, "people asked"),
            (customers, "people served"),
        )
        if count is not None
    ]
    return [
        f"{less:,} {less_words} are more than {more:,} {more_words}"
        for (less, less_words), (more, more_words) in pairwise(chain)
        if less > more
    ]
