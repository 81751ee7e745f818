"""Survey documents for the tests of checks: the smallest that passes, and ways to break it."""

from __future__ import annotations

from datetime import date
from typing import Any

from cx280.surveys.checks import Context, Discussion, check
from cx280.surveys.rules.document import SurveyDocument, read_document
from cx280.surveys.rules.vocabulary import DiscussionKind

TRUST = "This interaction increased my trust in Boat Permits."
SATISFACTION = "I am satisfied with the service I received from Boat Permits."
Plain = dict[str, Any]


def trust(**fields: Any) -> Plain:
    return {"id": "trust", "construct": "trust", "text": TRUST, "response": "agree5", **fields}


def satisfaction(**fields: Any) -> Plain:
    return {
        "id": "satisfaction",
        "construct": "satisfaction",
        "text": SATISFACTION,
        "response": "agree5",
        **fields,
    }


def ease(**fields: Any) -> Plain:
    text = "It was easy to complete what I needed to do."
    return {"id": "ease", "construct": "ease", "text": text, "response": "agree5", **fields}


def comment(**fields: Any) -> Plain:
    text = "Anything else you want us to know?"
    return {"id": "comment", "construct": "comment", "text": text, "response": "text", **fields}


def extra(number: int, **fields: Any) -> Plain:
    return {
        "id": f"extra{number}",
        "construct": "additional",
        "text": "What did you come to do?",
        "response": "choice",
        "options": [{"text": "Renew"}, {"text": "Ask"}],
        "purpose": "Send findings to the right team.",
        **fields,
    }


def drivers(**fields: Any) -> Plain:
    return {
        "id": "why",
        "construct": "drivers",
        "mode": "tapping",
        "parent": "trust",
        "text": "What contributed to your rating?",
        "options": [{"driver": "ease", "text": "It was easy."}, {"text": "Other"}],
        **fields,
    }


def minimal(*questions: Plain, **fields: Any) -> Plain:
    """The smallest transaction survey without a finding, or one with these questions instead."""
    asked = list(questions) or [trust(), satisfaction(), ease(), comment()]
    return {"edition": "FY2022", "title": "Boat permits", "questions": asked, **fields}


def with_questions(*more: Plain, **fields: Any) -> Plain:
    """The smallest survey with more questions at its end."""
    return minimal(trust(), satisfaction(), ease(), comment(), *more, **fields)


def agreed(kind: DiscussionKind, on: date = date(2022, 1, 3)) -> Context:
    """A context in which OMB agreed to this."""
    return Context(discussions=(Discussion(kind, on, "A. Reviewer"),))


def read(plain: Plain) -> SurveyDocument:
    return read_document(plain)


def found(plain: Plain, context: Context | None = None) -> list[tuple[str, str, str | None]]:
    """What all checks together find: rule, severity and place."""
    findings = check(read_document(plain), context or Context())
    return [(each.rule, each.severity.value, each.where) for each in findings]
