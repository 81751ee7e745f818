"""Builders of answered surveys for the dashboards' tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from cx280.agencies.models import Organization
from cx280.kernel.quarter import Quarter
from cx280.measures.tasks import refresh_facts
from cx280.responses.models import Comment
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion
from tests.builders import (
    a_document,
    a_response,
    a_service,
    a_survey,
    a_unit,
    a_version,
    some_words,
)


def a_measured_service(
    name: str = "Boat permits", placement: str = "prompt", **service: Any
) -> SurveyVersion:
    """A version of a survey about a service of that name, open and not answered yet."""
    draft = a_document(name, placement=placement)
    return a_version(a_survey(a_service(name=name, **service), draft=draft))


def answered(
    version: SurveyVersion, agree: int, of: int, *, on: date | None = None, **fields: Any
) -> None:
    """That many answers of which `agree` agree with everything and the others do not."""
    for n in range(of):
        code = 5 if n < agree else 2
        a_response(
            version,
            **{
                "answers": {"trust": code, "satisfaction": code, "ease": code, "employee": 5},
                "day": on or timezone.localdate(),
                "seconds": 40,
                **fields,
            },
        )


def a_comment(version: SurveyVersion, text: str, trust: int = 2, **fields: Any) -> Comment:
    """Somebody's words with the rating they gave."""
    language = fields.pop("language", "en")
    response = a_response(version, answers={"trust": trust}, language=language, **fields)
    return some_words(response, text, language=language)


def counted(now: datetime | None = None) -> None:
    """Brings the facts up, as the worker does every few seconds."""
    refresh_facts(now or timezone.now())


def an_office(service: Service, name: str) -> Organization:
    """An office below the service's owner."""
    return a_unit(service.owner, name=name, code=name.lower())


def this_quarter() -> Quarter:
    """The quarter that runs."""
    return Quarter.of(timezone.localdate())


def last_quarter_day() -> date:
    """A day in the quarter before."""
    return this_quarter().first_day - timedelta(days=20)
