"""A survey that a website shows, for tests."""

from __future__ import annotations

from typing import Any

from cx280.delivery.actions.embeds import save_embed, switch_embed
from cx280.delivery.rules.vocabulary import EmbedKind
from cx280.surveys.models import Survey
from tests.responses.visits import an_open_survey

SITE = "https://www.example.gov"


def shown(kind: str = "tab", **document: Any) -> Survey:
    """An open survey that a website shows in that way."""
    placement = "prompt" if kind == "prompt" else "link"
    survey = an_open_survey(**{"placement": placement, **document}).survey
    save_embed(survey, EmbedKind.of(kind), by=None, origins=[SITE])
    switch_embed(survey, EmbedKind.of(kind), by=None, on=True)
    return survey
