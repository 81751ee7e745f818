"""What changed between two quarters of one service: questions, figures, words."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from cx280.measures.rules.comparability import first_difference, read_key
from cx280.pages.written import percent, points, points_between
from cx280.reporting.rules.content import Content, Question, SurveyReport
from cx280.stats.intervals import Verdict, compare_shares


def mark_changes(content: Content, previous: Content | None) -> Content:
    """The content with `changed` said on every question that cannot be compared with last quarter.

    A question is held against the one about the same thing in the same survey; a question or a
    survey that is new changes nothing.
    """
    if previous is None:
        return content
    return replace(content, surveys=[_mark(each, previous) for each in content.surveys])


def _mark(survey: SurveyReport, previous: Content) -> SurveyReport:
    before = previous.survey(survey.code)
    if before is None:
        return survey
    return replace(
        survey,
        questions=[replace(each, changed=_difference(each, before)) for each in survey.questions],
    )


def counterpart(question: Question, survey: SurveyReport) -> Question | None:
    """The question of another quarter's survey that asks about the same thing, or None."""
    same = [each for each in survey.questions if each.construct == question.construct]
    named = [each for each in same if each.id == question.id]
    return next(iter(named or same), None)


def _difference(question: Question, before: SurveyReport) -> str | None:
    other = counterpart(question, before)
    if other is None or other.comparable == question.comparable:
        return None
    return first_difference(read_key(other.comparable), read_key(question.comparable))


@dataclass(frozen=True, slots=True)
class Change:
    """One line of “what changed since last quarter”: what, before, after, in words."""

    what: str
    before: str
    after: str


def changes(content: Content, previous: Content | None) -> list[Change]:
    """What a reviewer should look at first: surveys that came or went, moved shares, volumes."""
    if previous is None:
        return []
    found = [*_surveys(content, previous), *_volumes(content, previous)]
    for survey in content.surveys:
        before = previous.survey(survey.code)
        if before is not None:
            found += [
                change
                for question in survey.questions
                if (change := _moved(question, survey, before)) is not None
            ]
    return found


def _surveys(content: Content, previous: Content) -> list[Change]:
    now = {each.code: each.title for each in content.surveys}
    then = {each.code: each.title for each in previous.surveys}
    came = [Change(now[code], "no such survey", "new") for code in now if code not in then]
    went = [
        Change(then[code], "reported", "no longer reported") for code in then if code not in now
    ]
    return came + went


def _volumes(content: Content, previous: Content) -> list[Change]:
    pairs = [("People served", previous.customers_served, content.customers_served)]
    for survey in content.surveys:
        before = previous.survey(survey.code)
        if before is not None:
            pairs.append((f"Answers to {survey.title}", before.volumes.respondents,
                          survey.volumes.respondents))  # fmt: skip
    return [Change(what, _count(then), _count(now)) for what, then, now in pairs if then != now]


def _moved(question: Question, survey: SurveyReport, before: SurveyReport) -> Change | None:
    """A share that moved by more than chance would, or a question that is no longer the same.

    With the interval of the change, or, where people chose to answer, whom it is about.
    """
    other = counterpart(question, before)
    if other is None:
        return None
    if question.changed:
        return Change(question.text, other.text, f"Not comparable. {question.changed}")
    then, now = _agreeing(other), _agreeing(question)
    if then is None or now is None:
        return None
    difference = compare_shares(then, now)
    if difference.verdict is Verdict.NO_EVIDENCE:
        return None
    said = f"{points(difference.difference)} ({points_between(difference.low, difference.high)})"
    if survey.self_selected or before.self_selected:
        said = f"{points(difference.difference)} among those who chose to answer"
    return Change(question.text, _share(then), f"{_share(now)}; {said}")


def _agreeing(question: Question) -> tuple[int, int] | None:
    """How many agreed, of how many; None where that is not told."""
    if question.agreeing is None or not question.answered:
        return None
    return round(question.agreeing * question.answered), question.answered


def _share(counted: tuple[int, int]) -> str:
    agreed, answered = counted
    return f"{percent(agreed / answered)}, n {answered:,}"


def _count(number: int | None) -> str:
    return "not known" if number is None else f"{number:,}"
