"""The figures of a content as pages show them: charts, and lines of words with n and how sure."""

from __future__ import annotations

from dataclasses import dataclass

from cx280.pages.charts import Chart, Spread, distribution
from cx280.pages.written import between, n_of, number, percent
from cx280.reporting.rules.content import Content, Question, SurveyReport, Tap

LIKERT5 = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
STARS5 = ("1 star", "2 stars", "3 stars", "4 stars", "5 stars")
POLARITY = {
    "high": "people who rated high",
    "middle": "people who rated in the middle",
    "low": "people who rated low",
    "all": "everybody who was asked",
}
WORDINGS = {
    "exact": "the Circular's wording",
    "slot-filled": "the Circular's wording",
    "minor": "minor edits",
    "modified": "own wording",
}
SCALES = {
    "agree5": "5 points",
    "agree7": "7 points",
    "agree10": "10 points",
    "stars5": "5 stars",
    "thumbs": "thumb up or down",
    "yesno": "yes or no",
}


@dataclass(frozen=True, slots=True)
class TapLine:
    """One driver's taps: what was tapped, how often of those shown, by whom."""

    text: str
    said: str
    who: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question with everything a reader must know of its figure (INC-44)."""

    question: Question
    name: str
    share: str
    sure: str
    n: str
    asked: str
    taps: list[TapLine]


@dataclass(frozen=True, slots=True)
class SurveyFigures:
    """A survey with its lines and its charts."""

    survey: SurveyReport
    rate: str
    answers: str
    lines: list[QuestionLine]
    charts: list[Chart]


def figures_of(content: Content) -> list[SurveyFigures]:
    """Every survey of the content as pages show it."""
    return [_survey(each, index) for index, each in enumerate(content.surveys)]


def _survey(survey: SurveyReport, index: int) -> SurveyFigures:
    return SurveyFigures(
        survey=survey,
        rate=percent(survey.response_rate, 1) if survey.response_rate is not None else "",
        answers=_answers(survey),
        lines=[_line(each, survey) for each in survey.questions],
        charts=_charts(survey, index),
    )


def _answers(survey: SurveyReport) -> str:
    """How many answered, of how many asked where that is known."""
    volumes = survey.volumes
    if volumes.respondents is None:
        return "too few to show"
    return n_of(volumes.respondents, volumes.offered, "asked" if volumes.offered else "")


def _line(question: Question, survey: SurveyReport) -> QuestionLine:
    return QuestionLine(
        question=question,
        name=question.construct.replace("_", " ").capitalize(),
        share=percent(question.agreeing) if question.agreeing is not None else "",
        sure=how_sure(question, survey),
        n="" if question.answered is None else f"n {number(question.answered)}",
        asked=", ".join(_asked(question)),
        taps=[_tap(each) for each in question.taps],
    )


def how_sure(question: Question, survey: SurveyReport) -> str:
    """Between which shares, or why nobody can say."""
    if question.agreeing is None:
        return question.withheld
    said = "no margin of error: people chose to answer" if survey.self_selected else ""
    if question.low is not None and question.high is not None:
        said = between((question.low, question.high))
    return said


def _asked(question: Question) -> list[str]:
    said = [SCALES.get(question.scale, "")] if question.is_scale else [question.mode]
    if question.statement:
        said.append(f"statement {question.statement}")
    if question.wording and question.is_scale:
        said.append(WORDINGS.get(question.wording, question.wording))
    return [each.replace("_", " ") for each in said if each]


def _tap(tap: Tap) -> TapLine:
    if tap.tapped is None or tap.shown is None:
        said = "too few to show"
    else:
        said = f"{percent(tap.share)} ({number(tap.tapped)} of {number(tap.shown)})"
    return TapLine(text=tap.text, said=said, who=POLARITY.get(tap.polarity, tap.polarity))


def _charts(survey: SurveyReport, index: int) -> list[Chart]:
    """One chart for each scale of five points; what it cannot draw whole stands in the table."""
    charts = []
    asked = "How people answered", "How many stars people gave"
    for title, scale, labels in zip(asked, ("agree5", "stars5"), (LIKERT5, STARS5), strict=True):
        spreads = [_spread(each) for each in survey.questions if _is_whole(each, scale)]
        if any(sum(each.counts) for each in spreads):
            charts.append(
                distribution(
                    spreads,
                    labels,
                    title=f"{title} {survey.title}",
                    key=f"answers-{index}-{scale}",
                )
            )
    return charts


def _is_whole(question: Question, scale: str) -> bool:
    """Whether every count of the scale may be drawn."""
    counts = question.counts or [None]
    return question.is_scale and question.scale == scale and None not in counts


def _spread(question: Question) -> Spread:
    return Spread(question.text, [each or 0 for each in question.counts or []])
