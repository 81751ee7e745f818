"""The request as far as cx280 can write it; a person reads all of it and writes the rest."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal

from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.burden import BurdenRow
from cx280.paperwork.rules.known import Known, KnownStudy, KnownSurvey
from cx280.paperwork.rules.vocabulary import Activity, Category, Reported, Way, YesNo
from cx280.paperwork.rules.wording import day, minutes
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.labels import LANGUAGE_NAMES
from cx280.surveys.rules.vocabulary import Level, Mode, Placement

_HALF = Decimal("0.5")
_WAYS = {
    Mode.WEB: Way.WEB, Mode.EMAIL: Way.WEB, Mode.SMS: Way.TELEPHONE, Mode.PHONE: Way.TELEPHONE,
    Mode.IVR: Way.TELEPHONE, Mode.KIOSK: Way.IN_PERSON, Mode.PAPER: Way.MAIL,
}  # fmt: skip
_ASKED = {
    Placement.LINK: "A link on a page, always there. Nobody is stopped by it.",
    Placement.PROMPT: "A prompt when the service ends, which people may close.",
    Placement.MESSAGE: "A message within 48 hours of the interaction, with one reminder at most"
    " and a link to stop all messages.",
    Placement.KIOSK: "A screen near the exit of the office.",
}
_WHEN = {
    Level.TRANSACTION: "Right after an interaction, and never later than 48 hours after its end",
    Level.JOURNEY: "When the journey through the service has ended",
    Level.RELATIONSHIP: "On a schedule, apart from single interactions",
}


def prefilled(known: Known) -> Answers:
    """The answers that follow from what is known; what only people know stays empty."""
    common = {
        "title": _title(known)[:300],
        "incentive": YesNo.NO,
        "respondent_cost": Decimal(0),
        "preparer_name": known.preparer_name[:300],
        "preparer_email": known.preparer_email[:300],
    }
    if known.survey:
        return Answers(**common, **_of_survey(known, known.survey))  # type: ignore[arg-type]
    if known.study:
        return Answers(**common, **_of_study(known.study))  # type: ignore[arg-type]
    return Answers(**common)  # type: ignore[arg-type]


def _title(known: Known) -> str:
    """The survey's or study's own title, with the service before it where it does not say so."""
    if known.service and known.service.lower() not in known.about.lower():
        return f"{known.service}: {known.about}"
    return known.about


def _of_survey(known: Known, survey: KnownSurvey) -> dict[str, object]:
    document = survey.document
    people = document.population or f"People who used {known.service}"
    return {
        "purpose": _purpose(known, document),
        "activity": Activity.SURVEY,
        "reported": Reported.YES if document.hisp_reporting else Reported.NO,
        "ways": [_WAYS[document.mode]],
        "who": f"{people}, because they have just met the service and can say how it was.",
        "selection": survey.plan,
        "asked": _ASKED[document.placement],
        "looks": _looks(document),
        "when": f"{_WHEN[document.level]}, until {day(known.clearance.expires_on)}.",
        "burden": [BurdenRow(Category.INDIVIDUALS, survey.expected or 0, _minutes(survey))],
        "burden_basis": _basis(survey),
    }


def _purpose(known: Known, document: SurveyDocument) -> str:
    report = (
        " Scores go into the quarterly report of Section 280." if document.hisp_reporting else ""
    )
    return (
        f"To learn how people experience {known.service}, what drives their trust and"
        " satisfaction, and where to improve. Managers of the service see the results on"
        f" dashboards and decide by them what to change.{report}"
    )


def _looks(document: SurveyDocument) -> str:
    """The layout in words: questions, pages, languages, what people may leave out."""
    questions, pages = len(document.questions), document.pages
    languages = [LANGUAGE_NAMES.get(each.split("-")[0], each) for each in document.locales]
    return (
        f"A questionnaire of {questions} question{'s' * (questions != 1)} on {pages}"
        f" page{'s' * (pages != 1)}, in {' and '.join(languages)}. Every question may be skipped."
        " It works on any phone, without a script, and with a keyboard or a screen reader."
    )


def _minutes(survey: KnownSurvey) -> Decimal:
    """Minutes of one answer, up to the next half: measured where enough people answered."""
    known = survey.measured_minutes or survey.estimated_minutes
    return max((Decimal(str(known)) / _HALF).to_integral_value(ROUND_UP) * _HALF, _HALF)


def _basis(survey: KnownSurvey) -> str:
    parts = [survey.expected_how] if survey.expected is not None else []
    if survey.measured_minutes is not None:
        parts.append(
            f"Half of {survey.measured_n:,} people who answered took"
            f" {minutes(Decimal(str(survey.measured_minutes)))} minutes or less."
        )
    else:
        parts.append(
            f"Reading and answering takes about {survey.estimated_minutes:.1f} minutes, estimated"
            " from the words and kinds of the questions."
        )
    return " ".join(parts)


def _of_study(study: KnownStudy) -> dict[str, object]:
    return {
        "purpose": study.purpose,
        "activity": study.activity,
        "reported": Reported.NOT_SURVEY,
        "who": study.who,
        "materials": study.script,
        "when": study.when,
        "burden": [BurdenRow(Category.INDIVIDUALS, study.planned, study.minutes)],
        "burden_basis": f"{study.planned:,} participants, {minutes(study.minutes)} minutes each.",
    }
