"""Counts add up to the answers, and the mean is their mean (280.15-a2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.measures.rules.scores import SCALES, mean_of
from cx280.reporting.rules.content import Content, Question
from cx280.reporting.rules.facts import PackageFacts


@implements("280.15-a2")
def counts_not_reconciled(
    content: Content, previous: Content | None, facts: PackageFacts
) -> list[Finding]:
    """ERROR for each scale question whose counts, answers and mean do not agree."""
    return [
        Finding(
            rule="280.15-a2",
            severity=Severity.ERROR,
            message=f"“{question.text}”: {problem}",
            where=f"surveys[{survey.code}].questions[{question.id}]",
            fix="Recompute the figures; if this stays, tell the administrator.",
        )
        for survey in content.surveys
        for question in survey.questions
        if question.is_scale and (problem := _problem(question))
    ]


def _problem(question: Question) -> str:
    """What does not agree, as a sentence, or nothing."""
    scale = SCALES.get(question.scale)
    if scale is None or question.counts is None:
        return "There are no counts for each point of the scale."
    if len(question.counts) != len(scale.codes):
        return f"There are {len(question.counts)} counts for {len(scale.codes)} points."
    counts = {str(code): n or 0 for code, n in zip(scale.codes, question.counts, strict=True)}
    total = sum(counts.values())
    if total != question.answered:
        return f"The counts add up to {total:,}, not to {question.answered or 0:,} answers."
    if not scale.has_mean:
        return "A thumb or a yes has no mean." if question.mean is not None else ""
    exact = mean_of(counts, question.scale)
    expected = None if exact is None else float(exact.mean)
    if question.mean != expected:
        return f"The mean is {expected}, not {question.mean}."
    return ""
