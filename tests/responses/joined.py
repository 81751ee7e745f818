"""A survey whose answers may be read together with a visit, for tests."""

from __future__ import annotations

from typing import Any

from cx280.surveys.models import SurveyVersion
from tests.responses.visits import an_open_survey

VISIT = "2936478102-1038475629-3847561029"


def a_joined_survey(**document: Any) -> SurveyVersion:
    """An open version in two languages that tells people of the join."""
    return an_open_survey(**{"promise": "same_visit", **document})
