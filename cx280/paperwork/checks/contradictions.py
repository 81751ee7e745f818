"""Answers that do not fit each other, or not the survey."""

from __future__ import annotations

from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.known import Known
from cx280.paperwork.rules.vocabulary import Activity, Reported, Way, YesNo
from cx280.surveys.rules.vocabulary import Mode

RULE = "280.11-a3"
# What the survey is, and one of the boxes that must then be checked.
_FITTING = {
    Mode.WEB: {Way.WEB}, Mode.EMAIL: {Way.WEB, Way.MAIL}, Mode.SMS: {Way.WEB, Way.TELEPHONE},
    Mode.PHONE: {Way.TELEPHONE}, Mode.IVR: {Way.TELEPHONE}, Mode.KIOSK: {Way.IN_PERSON},
    Mode.PAPER: {Way.MAIL, Way.IN_PERSON},
}  # fmt: skip


@implements("280.11-a3")
def incentive_explained(answers: Answers, _known: Known, _on: date) -> list[Finding]:
    """An incentive needs its amount and reason; a described one needs a “yes”."""
    details = answers.incentive_details.strip()
    if answers.incentive is YesNo.YES and not details:
        return [
            _error(
                "incentive_details",
                "An incentive is given and not justified.",
                "Say how much, to whom, and why people would not take part without it.",
            )
        ]
    if answers.incentive is YesNo.NO and details:
        return [
            _error(
                "incentive",
                "The request says there is no incentive, and describes one.",
                "Change the answer to yes, or remove the description.",
            )
        ]
    return []


@implements("280.11-a3")
def reporting_fits(answers: Answers, known: Known, _on: date) -> list[Finding]:
    """Quarterly reporting as the survey itself says it, and the activity as it is."""
    is_survey = known.survey is not None
    if answers.activity and (answers.activity is Activity.SURVEY) != is_survey:
        what = "a survey" if is_survey else "a study"
        return [
            _error("activity", f"The request is about {what}, and checks another activity.",
                   "Check the activity that it is.")
        ]  # fmt: skip
    if known.survey is None or answers.reported is None:
        return []
    reports = known.survey.document.hisp_reporting
    if reports == (answers.reported is Reported.YES) and answers.reported is not (
        Reported.NOT_SURVEY
    ):
        return []
    said = "feeds" if reports else "does not feed"
    return [
        _error("reported", f"The survey {said} the quarterly report; the request says otherwise.",
               "Change the answer, or the survey around its questions.")
    ]  # fmt: skip


@implements("280.11-a3")
def ways_fit(answers: Answers, known: Known, _on: date) -> list[Finding]:
    """The boxes checked against how the survey reaches people."""
    if known.survey is None or not answers.ways:
        return []
    mode = known.survey.document.mode
    if _FITTING[mode] & set(answers.ways):
        return []
    return [
        _error("ways", f"The survey reaches people by “{mode.label}”, which no box says.",
               "Check the way it really takes.")
    ]  # fmt: skip


def _error(where: str, message: str, fix: str) -> Finding:
    return Finding(RULE, Severity.ERROR, message, where=where, fix=fix)
