"""An assessment's facts in which nothing is wrong, and parts of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from cx280.capacity.queries.templates import shipped
from cx280.capacity.rules.facts import Answered, AssessmentFacts, Improvement, Known, Shown
from cx280.capacity.rules.templates import Template, read_template, template_of
from cx280.capacity.rules.vocabulary import Kind

DAY = date(2023, 2, 1)
DOCUMENTS = [read_template(text) for text in shipped()]
ASSESSMENT = next(each for each in DOCUMENTS if each["kind"] == Kind.ASSESSMENT)
REFLECTION = next(each for each in DOCUMENTS if each["kind"] == Kind.REFLECTION)


def template(document: dict[str, Any] = ASSESSMENT) -> Template:
    return template_of(document)


def level(code: str, value: int, *, shown: bool = True) -> Answered:
    evidence = [Shown("survey", "So say 412 people", "/measures/x/")] if shown else []
    return Answered(code, "level", value, "We look at it.", evidence, by="Pat Lead", on=DAY)


def words(code: str) -> Answered:
    return Answered(code, "words", None, "This is where we stand.", by="Pat Lead", on=DAY)


def an_improvement(**fields: Any) -> Improvement:
    return Improvement(
        **{
            "words": "Tell everybody by text when it will be decided",
            "status": "underway",
            "source": "Action Plan FY2023",
            "human_centered": "yes",
            "evidence": ["Eight interviews"],
            "idea": "Online permits",
            "serves": "Objective 2.1",
            "matures": True,
            **fields,
        }
    )


def whole(document: dict[str, Any] = ASSESSMENT, **changed: Any) -> AssessmentFacts:
    """Everything answered, every component told, nothing wrong."""
    asked = template(document)
    answers = [level(each.code, 2) for each in asked.practices]
    answers += [words(each.code) for each in asked.functions]
    answers += [words(each.code) for part in asked.components for each in part.asked]
    return AssessmentFacts(
        **{
            "subject": "Rivers and Trails",
            "fiscal_year": 2023,
            "template": asked,
            "answers": {each.code: each for each in answers},
            "known": {"collections": [Known("Boat permits, open", "/surveys/x/", DAY, 412)]},
            "improvements": [an_improvement()],
            "mindset": {"training": "yes", "performance": "partly", "rewards": "no"},
            "idea_report": ["Online permits"],
            **changed,
        }
    )


def without(facts: AssessmentFacts, *codes: str) -> dict[str, Answered]:
    """The answers without some."""
    return {code: each for code, each in facts.answers.items() if code not in codes}
