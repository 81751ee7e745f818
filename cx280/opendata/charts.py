"""Published figures as charts: lines with their breaks, short lines, how answers fall."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cx280.opendata.rules.lines import Line, Step
from cx280.opendata.rules.pooling import Pool
from cx280.pages import charts, written
from cx280.pages.charts.model import key_of
from cx280.reporting.rules.content import Question, SurveyReport, Tap
from cx280.stats.intervals import wilson

NAMES = {"trust": "Trust", "satisfaction": "Satisfaction", "confidence": "Confidence"}
COLOURS = {"trust": "trust", "satisfaction": "satisfaction", "confidence": "3"}
AGREEMENT = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
TWO = ("No", "Yes")
POINTS = 5  # the scale that has a middle answer
MOST_TOGETHER = 4  # fewer labels than a whole scale has


def over_time(lines: Sequence[Line], service: str) -> charts.Chart:
    """Every line of a service on one picture; a line is cut where its question changed."""
    return charts.trend(
        [
            charts.Series(
                NAMES[line.construct],
                COLOURS[line.construct],
                [_point(step) for step in line.steps],
            )
            for line in lines
        ],
        title=_finding(lines, service),
        breaks=[
            charts.Mark(
                str(step.quarter),
                f"{NAMES[line.construct].lower()} asked differently: not joined",
                NAMES[line.construct],
            )
            for line in lines
            for step in line.breaks
        ],
        note=f"Share of the two highest answers. {_bands(lines)}",
        key="over-time",
    )


def _bands(lines: Sequence[Line]) -> str:
    """What the bands mean; where some people chose to answer, why there are none."""
    chose = {
        step.pool.is_self_selected
        for line in lines
        for step in line.steps
        if step.pool and step.share is not None
    }
    if chose == {True}:
        return "People chose to answer, so there is no margin of error to draw."
    if True in chose:
        return "Bands show how sure we are; there are none where people chose to answer."
    return "Bands show how sure we are."


def short_line(line: Line, key: str) -> charts.Chart:
    """A service's latest figures, only as far back as they compare; one scale for all services."""
    name = NAMES[line.construct]
    latest = line.latest
    said = f"{name} {written.percent(latest.share)}" if latest else name
    return charts.small_multiple(
        [_point(step) for step in line.still_comparable],
        title=said,
        colour=COLOURS[line.construct],
        bounds=(0.0, 1.0),
        key=key,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A survey's questions: all shares, how the answers fall, which drivers people chose.

    A question with a hidden answer stands in the shares only; one that was answered without a
    share that can be told stands in `unclear`, word for word.
    """

    survey: SurveyReport
    unclear: tuple[str, ...]
    shares: charts.Chart
    falls: tuple[charts.Chart, ...]
    taps: tuple[charts.Chart, ...]


def answers_of(survey: SurveyReport) -> Asked:
    """The charts of one survey's questions: all shares, and how the answers fall."""
    scales = [each for each in survey.questions if each.is_scale]
    unclear = [each for each in scales if each.answered and each.agreeing is None
               and not each.withheld]  # fmt: skip
    scales = [each for each in scales if each not in unclear]
    return Asked(
        survey,
        tuple(each.text for each in unclear),
        _shares(survey, scales),
        tuple(_falls(survey, scales)),
        tuple(_chosen(survey)),
    )


def _point(step: Step) -> charts.Point:
    pool = step.pool
    low, high = _bounds(pool)
    return charts.Point(
        str(step.quarter),
        step.share,
        low,
        high,
        n=pool.n if pool and pool.n else None,
        suppressed=step.is_suppressed,
    )


def _bounds(pool: Pool | None) -> tuple[float | None, float | None]:
    return pool.interval if pool and pool.interval else (None, None)


def _finding(lines: Sequence[Line], service: str) -> str:
    """`Trust was 84 % and satisfaction 85 % in FY2022 Q4`, by what is known."""
    known = [(line, line.latest) for line in lines if line.latest is not None]
    if not known:
        return f"How {service} was rated"
    last = max(step.quarter for _, step in known if step)
    said = [
        f"{NAMES[line.construct].lower()} {written.percent(step.share)}"
        for line, step in known
        if step and step.quarter == last
    ]
    words = " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
    return f"{words[0].upper()}{words[1:]} in {last}"


def _shares(survey: SurveyReport, questions: Iterable[Question]) -> charts.Chart:
    return charts.bars(
        [
            charts.Bar(
                each.text,
                each.agreeing,
                each.low,
                each.high,
                n=each.answered,
                suppressed=bool(each.withheld) and each.agreeing is None,
                text=_said(each),
                strong=each.construct in COLOURS,
            )
            for each in questions
        ],
        title="Who agreed with what",
        note=f"Share of the two highest answers. {_how_sure(survey)}",
        first_column="Question",
        text_column="In words",
        key=f"shares-{key_of(survey.code)}",
    )


def _how_sure(survey: SurveyReport) -> str:
    if survey.self_selected:
        return "People chose to answer, so there is no margin of error to draw."
    return "The thin lines show how sure we are."


def _said(question: Question) -> str:
    if question.agreeing is None:
        return ""
    words = "agree" if question.scale == "agree5" else "of the two highest"
    return f"{written.percent(question.agreeing)} {words}, n {written.number(question.answered)}"


def _falls(survey: SurveyReport, questions: Sequence[Question]) -> Iterable[charts.Chart]:
    """One picture for each kind of answers; where some are hidden, answers are put together."""
    kinds: dict[tuple[str, ...], list[charts.Spread]] = {}
    for each in questions:
        labels, counts = _fall(each)
        if sum(counts):
            kinds.setdefault(labels, []).append(charts.Spread(each.text, counts))
    for place, (labels, spreads) in enumerate(kinds.items()):
        together = len(labels) < MOST_TOGETHER and labels != TWO
        yield charts.distribution(
            spreads,
            labels,
            title="How the answers fall, some put together" if together else "How the answers fall",
            note="Too few people gave some of these answers to show each." if together else "",
            key=f"falls-{key_of(survey.code)}-{place}",
        )


def _fall(question: Question) -> tuple[tuple[str, ...], list[int]]:
    """The answers and how many gave each; no counts where none can be shown."""
    counts = question.counts or []
    shown = [each for each in counts if each is not None]
    if len(shown) == len(counts):
        return _labels(question), shown
    n, share = question.answered, question.agreeing
    if n is None or share is None:
        return (), []
    high = round(share * n)
    middle = counts[2] if len(counts) == POINTS else None
    if middle is None:
        return ("All other answers", "The two highest"), [n - high, high]
    return _labels_together(question), [n - high - middle, middle, high]


_RATED = {
    "high": "Chosen by people who rated it high",
    "middle": "Chosen by people who rated it in the middle",
    "low": "Chosen by people who rated it low",
    "all": "Chosen by everybody who was shown it",
}


def _chosen(survey: SurveyReport) -> Iterable[charts.Chart]:
    """The drivers people chose, apart for each way they had rated: praise is not complaint."""
    for question in survey.questions:
        ways = dict.fromkeys(tap.polarity for tap in question.taps)
        for way in ways:
            yield charts.bars(
                [_tapped(tap, survey) for tap in question.taps if tap.polarity == way],
                title=_RATED.get(way, way),
                note=question.text,
                key=f"chosen-{key_of(survey.code)}-{key_of(question.id)}-{way}",
            )


def _tapped(tap: Tap, survey: SurveyReport) -> charts.Bar:
    low, high = (
        wilson(tap.tapped, tap.shown)
        if tap.tapped is not None and tap.shown and not survey.self_selected
        else (None, None)
    )
    return charts.Bar(
        tap.text, tap.share, low, high, n=tap.shown, suppressed=tap.tapped is None,
        text=written.percent(tap.share) if tap.share is not None else "",
    )  # fmt: skip


def _labels(question: Question) -> tuple[str, ...]:
    points = len(question.counts or [])
    if question.scale == "agree5":
        return AGREEMENT
    if points == 2:
        return TWO
    return ("1, lowest", *(str(each) for each in range(2, points)), f"{points}, highest")


def _labels_together(question: Question) -> tuple[str, ...]:
    if question.scale == "agree5":
        return ("Disagree, strongly or not", "Neither", "Agree, strongly or not")
    return ("1 or 2", "3", "4 or 5")
