"""What a person does with a survey page, for tests: read its token, wait a while, send it."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.utils import timezone

from cx280.clearance.models import Clearance
from cx280.responses.tokens import Token
from cx280.surveys.models import SurveyVersion
from tests.builders import a_document, a_survey, a_version

# The tests' SQLite lives in memory, where two writers cannot wait for each other as they do on
# disk; there the real server of `a_server` is asked instead.
only_with_writers_at_once = pytest.mark.skipif(
    "sqlite" in settings.DATABASES["default"]["ENGINE"],
    reason="an SQLite in memory takes no two writers at once",
)

SPANISH = {
    "trust": "Esta interacción aumentó mi confianza en Boat permits.",
    "satisfaction": "Estoy satisfecho con el servicio que recibí de Boat permits.",
    "effectiveness": "Se atendió mi necesidad.",
    "ease": "Fue fácil completar lo que necesitaba hacer.",
    "efficiency": "Tomó un tiempo razonable hacer lo que necesitaba hacer.",
    "equity": "Me trataron de manera justa.",
    "employee": "Los empleados con quienes traté me ayudaron.",
    "comment": "¿Desea decirnos algo más?",
}


def a_document_in_two_languages() -> dict[str, Any]:
    """The usual document with every question in English and Spanish."""
    document = a_document("Boat permits")
    document["title"] = "How was your boat permit?"
    document["titles"] = {"es": "¿Cómo le fue con su permiso de barco?"}
    for question in document["questions"]:
        question["texts"] = {"es": SPANISH[question["id"]]}
    return document


def an_open_survey(**document: Any) -> SurveyVersion:
    """An open version in two languages, or with another document."""
    draft = {**a_document_in_two_languages(), **document}
    return a_version(a_survey(draft=draft))


def clearance_of(version: SurveyVersion) -> Clearance:
    """The clearance the survey stands under."""
    assert version.survey.collection is not None
    return version.survey.collection.clearance


def address(version: SurveyVersion) -> str:
    """Where the survey is answered."""
    return f"/s/{version.survey.code}/"


def a_token(version: SurveyVersion, seconds: float = 30, **fields: Any) -> str:
    """The token of a page that was opened so many seconds ago."""
    opened = timezone.now() - timedelta(seconds=seconds)
    token = Token(uuid.uuid4(), version.pk, opened, **fields)
    return token.written()


def token_on(response: HttpResponseBase) -> str:
    """The token of a page that was shown."""
    assert isinstance(response, HttpResponse)
    found = re.search(r'name="_page" value="([^"]+)"', response.content.decode())
    assert found, "the page has no token"
    return found.group(1)


def send(client: Client, version: SurveyVersion, token: str = "", **answers: Any) -> HttpResponse:
    """Sends a page that was read for half a minute."""
    token = token or a_token(version)
    sent = client.post(address(version), {"_page": token, "_lang": "en", **answers})
    assert isinstance(sent, HttpResponse)
    return sent
