"""The survey documents of the simulated agency: A-11 statements in English and Spanish."""

from __future__ import annotations

from typing import Any

from cx280.circular.edition import Edition, Statement
from cx280.site.demo.plan import ServicePlan
from cx280.surveys.rules.vocabulary import Promise

_LIKERT = ("EF1", "EA1", "SP1", "EQ1", "EM1")
_TAPPED = ("EF1", "EA1", "SP1", "EQ1", "TR1", "EM1")


def document_for(service: ServicePlan, edition: Edition, trust: str) -> dict[str, Any]:
    """The document of a service's survey; `trust` is the base statement its trust question uses."""
    fill = _names(service)
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
        "titles": {
            "en": f"{service.name}, after the visit",
            "es": f"{service.name_es}, después de la visita",
        },
        "level": "transaction",
        "mode": "web",
        "placement": "link" if service.code in LINKED else "prompt",
        "service": service.name,
        "self_service": False,
        "hisp_reporting": service.designated,
        "pages": 1,
        **({"promise": Promise.SAME_VISIT.value} if service.code in JOINED else {}),
        "questions": questions,
    }


Names = dict[str, dict[str, str]]  # language → slot → name

# Their survey is a link in the page's foot: nobody knows how many people saw it (INC-33).
LINKED = frozenset({"trail-conditions", "river-levels-data"})

# Its answers may be read together with the same visit to the website, and it says so (280.7-j2).
JOINED = frozenset({"boat-permits"})


def _names(service: ServicePlan) -> Names:
    """What stands in the slots, in each language."""
    spoken = {"en": service.name, "es": service.name_es}
    agency = {
        "en": "the Department of Rivers and Trails",
        "es": "el Departamento de Ríos y Senderos",
    }
    people = {
        "en": "people who use our rivers and trails",
        "es": "quienes usan nuestros ríos y senderos",
    }
    return {
        language: {
            "Program/Service name": spoken[language],
            "program/service name": spoken[language],
            "Agency/Program/Service name": agency[language],
            "relevant population": people[language],
        }
        for language in ("en", "es")
    }


def _question(
    statement: Statement, fill: Names, id_: str, *, required: bool = False
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


def _drivers(service: ServicePlan, edition: Edition, fill: Names) -> list[dict[str, Any]]:
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


def texts_of(statement: Statement, fill: Names) -> dict[str, str]:
    """The statement in every language it has, slots filled, with its final full stop."""
    written = {"en": statement.text, **statement.translations}
    return {language: _fill(text, fill[language]) for language, text in written.items()}


def _fill(text: str, names: dict[str, str]) -> str:
    for slot, name in names.items():
        text = text.replace(f"[{slot}]", name)
    return text.rstrip(".") + "."
