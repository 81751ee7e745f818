"""Whether the burden asked for is what people will really give."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from cx280.circular.implements import implements
from cx280.clearance.rules.gate import FEWEST_PEOPLE
from cx280.kernel.finding import Finding, Severity
from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.burden import minutes_each, respondents_of
from cx280.paperwork.rules.known import Known
from cx280.paperwork.rules.wording import minutes

RULE = "280.11-a3"
LONGEST_SURVEY = 5  # minutes (280.10-g3)
_AMPLE = 2  # asking for more than this many times what is needed takes hours from others


@implements("280.11-a3")
def burden_contradicts(answers: Answers, known: Known, _on: date) -> list[Finding]:
    """The table in itself: somebody of the public, in a time above 0, and no category twice."""
    people = respondents_of(answers.burden)
    if people == 0:
        return [_error("The burden table has no member of the public.", "Enter how many answer.")]
    found = []
    names = [each.category for each in answers.burden]
    if len(set(names)) < len(names):
        found.append(_error("A category stands twice in the burden table.", "Add them up."))
    if any(each.respondents and each.minutes <= 0 for each in answers.burden):
        found.append(_error("Some respondents take no time.", "Enter the minutes for each."))
    if people < FEWEST_PEOPLE:
        found.append(
            Finding(
                "280.11-a1", Severity.INFO,
                f"Fewer than {FEWEST_PEOPLE} members of the public are asked: no approval is"
                " needed.", where="burden", fix="You may leave this request unsent.",
            )
        )  # fmt: skip
    return found


@implements("280.11-a3", "280.10-g3")
def time_measured(answers: Answers, known: Known, _on: date) -> list[Finding]:
    """The minutes asked for against the median of real answers, or the estimate before any."""
    if known.survey is None or not respondents_of(answers.burden):
        return []
    asked = minutes_each(answers.burden)
    found = []
    if asked > LONGEST_SURVEY:
        found.append(
            Finding(
                "280.10-g3", Severity.ERROR,
                f"A survey takes at most {LONGEST_SURVEY} minutes; you ask for {minutes(asked)}.",
                where="burden", fix="Shorten the survey, then the minutes.",
            )
        )  # fmt: skip
    taken = known.survey.measured_minutes
    if taken is None:
        return [*found, *_against_estimate(asked, known.survey.estimated_minutes)]
    took = minutes(Decimal(str(taken)))
    if Decimal(str(taken)) > asked:
        found.append(
            _warn(
                "minutes",
                f"You ask for {minutes(asked)} minutes; half of {known.survey.measured_n:,} people"
                f" took more than {took}.",
                f"Ask for {took} minutes at least.",
            )
        )
    return found


def _against_estimate(asked: Decimal, estimated: float) -> list[Finding]:
    if Decimal(str(estimated)) <= asked * Decimal("1.5"):
        return []
    return [
        _warn(
            "minutes",
            f"You ask for {minutes(asked)} minutes; reading and answering takes about"
            f" {estimated:.1f}.",
            "Ask for more minutes, or shorten the survey.",
        )
    ]


@implements("280.11-a3", "280.11-a2")
def expected_otherwise(answers: Answers, known: Known, _on: date) -> list[Finding]:
    """The respondents asked for against those the sampling plan will bring."""
    people = respondents_of(answers.burden)
    expected = known.survey.expected if known.survey else None
    if expected is None or not people:
        return []
    if expected > people:
        return [
            _warn(
                "respondents",
                f"By the sampling plan about {expected:,} people answer until the clearance ends;"
                f" the request asks for {people:,}.",
                "Enter more respondents, or draw fewer people.",
            )
        ]
    if people > expected * _AMPLE:
        return [
            Finding(
                RULE, Severity.INFO,
                f"The request asks for {people:,} respondents; the sampling plan brings about"
                f" {expected:,}. Hours that nobody uses are taken from other collections.",
                where="burden", fix="Ask for fewer.",
            )
        ]  # fmt: skip
    return []


def _error(message: str, fix: str) -> Finding:
    return Finding(RULE, Severity.ERROR, message, where="burden", fix=fix)


def _warn(about: str, message: str, fix: str) -> Finding:
    return Finding(RULE, Severity.WARN, message, where=f"burden {about}", fix=fix)
