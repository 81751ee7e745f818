"""The survey documents of the simulated agency: A-11 statements in English and Spanish."""

from __future__ import annotations

from typing import Any

from cx280.circular.edition import Edition, Statement
from cx280.site.demo.plan import ServicePlan

_LIKERT = ("EF1", "EA1", "SP1", "EQ1", "EM1")
_TAPPED = ("EF1", "EA1", "SP1", "EQ1", "TR1", "EM1")


def document_for(service: ServicePlan, edition: Edition, trust: str) -> dict[str, Any]:
    """The document of a service's survey; `trust` is the base statement its trust question uses."""
    fill = {
        "Program/Service name": service.name,
        "program/service name": service.name,
        "Agency/Program/Service name": "Department of Rivers and Trails",
        "relevant population": "people who use our rivers and trails",
    }
    questions = [
        _question(edition.statement(trust), fill, "trust", required=True),
        _question(edition.statement(service.satisfaction), fill, "satisfaction", required=True),
        *_drivers(service, edition, fill),
        {
            "id": "comment",
            "construct": "comment",
            "texts": {
                "en": "Anything else you want us to know?",
                "es": "¿Algo más que quiera decirnos?",
            },
            "response": "text",
            "required": False,
        },
    ]
    return {
        "edition": edition.id,
        "title": f"{service.name}, after the visit",
        "level": "transaction",
        "mode": "web",
        "placement": "link" if service.code in LINKED else "prompt",
        "service": service.name,
        "self_service": False,
        "hisp_reporting": service.designated,
        "pages": 1,
        "questions": questions,
    }


# Their survey is a link in the page's foot: nobody knows how many people saw it (INC-33).
LINKED = frozenset({"trail-conditions", "river-levels-data"})


def _question(
    statement: Statement, fill: dict[str, str], id_: str, *, required: bool = False
) -> dict[str, Any]:
    question: dict[str, Any] = {
        "id": id_,
        "construct": statement.construct,
        "texts": texts_of(statement, fill),
        "response": statement.response,
    }
    if required:
        question["required"] = True
    return question


def _drivers(service: ServicePlan, edition: Edition, fill: dict[str, str]) -> list[dict[str, Any]]:
    if service.drivers == "likert":
        bases = [edition.statement(each) for each in _LIKERT]
        return [_question(each, fill, each.construct) for each in bases]
    options = [
        {"driver": each.construct, "texts": texts_of(each, fill)}
        for each in (edition.statement(code) for code in _TAPPED)
    ]
    return [
        {
            "id": "why",
            "construct": "drivers",
            "mode": "tapping",
            "parent": "trust",
            "texts": {
                "en": "What contributed to your rating?",
                "es": "¿Qué contribuyó a su calificación?",
            },
            "options": options,
        }
    ]


def texts_of(statement: Statement, fill: dict[str, str]) -> dict[str, str]:
    """The statement in every language it has, slots filled, with its final full stop."""
    written = {"en": statement.text, **statement.translations}
    return {language: _fill(text, fill) for language, text in written.items()}


def _fill(text: str, fill: dict[str, str]) -> str:
    for slot, name in fill.items():
        text = text.replace(f"[{slot}]", name)
    return text.rstrip(".") + "."
