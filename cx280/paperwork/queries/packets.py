"""The packet of a request: as it was signed, or as it stands while it is written."""

from __future__ import annotations

from dataclasses import replace

from cx280.agencies.queries import agency_of
from cx280.clearance.models import Clearance
from cx280.paperwork.models import Request
from cx280.paperwork.rules.answers import Answers, read_answers
from cx280.paperwork.rules.burden import minutes_each
from cx280.paperwork.rules.packet import Asked, Instrument, Packet, read_packet
from cx280.paperwork.rules.states import EDITABLE
from cx280.responses.queries import statement_of
from cx280.responses.survey_pages import document_words, foot
from cx280.responses.wording import words
from cx280.surveys.models import Survey
from cx280.surveys.queries import draft_of
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.instrument import instrument_digest
from cx280.surveys.rules.labels import LANGUAGE_NAMES
from cx280.surveys.rules.rendering import QuestionView, question_views


def packet_of(request: Request) -> Packet:
    """What the documents of the request say: frozen from the signature on."""
    if request.state not in EDITABLE and request.packet:
        return read_packet(request.packet)
    return fresh_packet(request)


def fresh_packet(request: Request) -> Packet:
    """The packet made of the answers and the survey as they stand now."""
    answers = read_answers(request.answers)
    clearance, survey = request.clearance, request.survey
    service = survey.service if survey else request.study.service if request.study else None
    return Packet(
        answers=answers,
        agency=agency_of(request.organization).name,
        unit=request.organization.name,
        service=service.name if service else "",
        about=str(survey or request.study),
        control_number=clearance.control_number,
        clearance=clearance.title,
        expires_on=clearance.expires_on,
        instruments=_instruments(survey, clearance, answers) if survey else [],
        digest=instrument_digest(draft_of(survey)) if survey else "",
        simulated=request.simulated,
    )


def _instruments(survey: Survey, clearance: Clearance, answers: Answers) -> list[Instrument]:
    document = draft_of(survey)
    return [
        _instrument(survey, document, clearance, answers, locale) for locale in document.locales
    ]


def _instrument(
    survey: Survey, document: SurveyDocument, clearance: Clearance, answers: Answers, locale: str
) -> Instrument:
    """The survey in one language, with the words its page says around the questions."""
    said = words(locale)
    each = float(minutes_each(answers.burden))
    statement = replace(
        statement_of(survey, document, locale),
        minutes=each,
        control_number=clearance.control_number,
        expires_on=clearance.expires_on,
    )
    around = foot(said, statement, joined=False)
    return Instrument(
        lang=locale,
        language=LANGUAGE_NAMES.get(locale.split("-")[0], locale),
        heading=document.heading(locale),
        notices=[
            said.intro(len(document.questions), each),
            around["number"],
            around["voluntary"],
            around["purpose"],
            said["foot"]["voluntary_text"],
            said["foot"]["privacy"],
            around["burden"],
        ],
        questions=[
            _asked(number, view)
            for number, view in enumerate(question_views(document, locale), start=1)
        ],
        introduction=document_words(document.introductions, locale),
        thanks=document_words(document.thanks, locale),
    )


def _asked(number: int, view: QuestionView) -> Asked:
    return Asked(
        number=number,
        kind=view.kind,
        text=view.text,
        lang=view.locale,
        hint=view.hint,
        condition=view.condition,
        choices=[each.text for each in view.choices],
        ends=list(view.ends),
    )


def signed_packets(request: Request) -> list[tuple[int, Packet]]:
    """(step, packet) of each signature there was, oldest first."""
    kept = request.steps.filter(packet__isnull=False).order_by("pk")
    return [(each.pk, read_packet(each.packet or {})) for each in kept]
