"""A-11 starting documents: the right statements for a service's type, channel and people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cx280.circular.edition import Edition
from cx280.circular.implements import implements
from cx280.kernel.words import Word
from cx280.surveys.rules.document import SurveyDocument, read_document
from cx280.surveys.rules.library import Names, texts_of
from cx280.surveys.rules.vocabulary import Construct, Mode, Placement


class DriverStyle(Word):
    """The three ways to ask what drove the score (280.10-e2 to e4)."""

    LIKERT = "likert", "One statement for each driver"
    TAPPING = "tapping", "Tapping under the trust rating"
    MULTIPLE_CHOICE = "multiple_choice", "One multiple-choice question"


@dataclass(frozen=True, slots=True)
class Start:
    """What is known of the service a survey is started for."""

    names: Names
    service_type: str = ""  # a code of the edition
    channel: str = "website"  # a value of services' Channel
    self_service: bool = False
    has_human_role: bool = False
    hisp_reporting: bool = False


# How a survey reaches people who used a channel; all others are asked on the web.
_WAYS: dict[str, tuple[Mode, Placement]] = {
    "website": (Mode.WEB, Placement.LINK),
    "email": (Mode.EMAIL, Placement.MESSAGE),
    "sms_text_messages": (Mode.SMS, Placement.MESSAGE),
    "self_service_kiosk": (Mode.KIOSK, Placement.KIOSK),
    "phone": (Mode.PHONE, Placement.PROMPT),
    "automated_phone": (Mode.IVR, Placement.PROMPT),
    "in_person": (Mode.WEB, Placement.LINK),
    "paper": (Mode.PAPER, Placement.PROMPT),
    "postal_mail": (Mode.PAPER, Placement.MESSAGE),
    "fax": (Mode.PAPER, Placement.MESSAGE),
}
_WITHOUT_WORDS = frozenset({Mode.IVR})
# The statement of each driver that fits a type of service best; the first is for all others.
_EFFECTIVENESS = {"": "EF1", "informational": "EF3", "data_research": "EF3", "regulatory": "EF4"}
_EASE = {"": "EA1", "informational": "EA2", "data_research": "EA2"}
_LOOKS_UP = frozenset({"informational", "data_research"})
_FAIRNESS = {"": "EQ1", "compliance": "TR1", "regulatory": "TR1", "informational": "TR1"}

_WHY = {"en": "What contributed to your rating?", "es": "¿Qué contribuyó a su calificación?"}
_OTHER = {"en": "Something else", "es": "Otra cosa"}
_COMMENT = {
    "en": "Anything else you want us to know?",
    "es": "¿Hay algo más que quiera contarnos?",
}


@implements("280.0-a2")
def starting_document(
    edition: Edition, start: Start, style: DriverStyle = DriverStyle.LIKERT, trust: str = "T1"
) -> SurveyDocument:
    """A survey that breaks no rule and may open as it is, in English and Spanish.

    trust: T1 (change by this interaction) or T2 (level; it needs the population's name).
    """
    mode, placement = _WAYS.get(start.channel, (Mode.WEB, Placement.PROMPT))
    questions = [
        _statement(edition, trust, start, required=True),
        _statement(edition, "S2", start, required=True),
        *_drivers(edition, start, style, mode),
    ]
    if mode not in _WITHOUT_WORDS:
        questions.append(
            {"id": "comment", "construct": "comment", "texts": _COMMENT, "response": "text",
             "required": False}
        )  # fmt: skip
    return read_document(_frame(edition, start, mode, placement) | {"questions": questions})


def _frame(edition: Edition, start: Start, mode: Mode, placement: Placement) -> dict[str, Any]:
    service = start.names.service
    titles = {"en": f"{service}: how was it?", "es": f"{service}: ¿cómo le fue?"}
    return {
        "edition": edition.id,
        "title": titles["en"],
        "titles": titles,
        "level": "transaction",
        "mode": mode.value,
        "placement": placement.value,
        "service": service,
        "self_service": start.self_service,
        "hisp_reporting": start.hisp_reporting,
        "pages": 1,
    }


def statements_for(edition: Edition, start: Start, mode: Mode) -> list[str]:
    """The ids of the driver statements that suit the service, in the edition's order.

    The one about people is left out where nobody is met (280.10-i2).
    """
    kind = start.service_type
    looks_up = kind in _LOOKS_UP and mode is Mode.WEB and start.channel == "website"
    chosen = [
        _EFFECTIVENESS.get(kind, _EFFECTIVENESS[""]),
        _EASE.get(kind, _EASE[""]),
        "SP2" if looks_up else "SP1",
        _FAIRNESS.get(kind, _FAIRNESS[""]),
    ]
    if start.has_human_role and not start.self_service:
        chosen.append("EM2" if mode.value in edition.statement("EM2").where_only else "EM1")
    return chosen


def _drivers(
    edition: Edition, start: Start, style: DriverStyle, mode: Mode
) -> list[dict[str, Any]]:
    bases = statements_for(edition, start, mode)
    if style is DriverStyle.LIKERT:
        return [_statement(edition, each, start) for each in bases]
    options: list[dict[str, Any]] = [
        {
            "driver": edition.statement(each).construct,
            "texts": texts_of(edition.statement(each), start.names),
        }
        for each in bases
    ]
    options.append({"texts": _OTHER, "code": "other", "other": True})
    question = {
        "id": "why",
        "construct": Construct.DRIVERS.value,
        "mode": style.value,
        "texts": _WHY,
        "options": options,
    }
    return [question | ({"parent": "trust"} if style is DriverStyle.TAPPING else {})]


def _statement(
    edition: Edition, statement_id: str, start: Start, *, required: bool | None = None
) -> dict[str, Any]:
    base = edition.statement(statement_id)
    question: dict[str, Any] = {
        "id": base.construct,
        "construct": base.construct,
        "texts": texts_of(base, start.names),
        "response": base.response,
    }
    return question | ({"required": required} if required is not None else {})
