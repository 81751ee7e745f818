"""`{% words_in_danger locale %}`: what somebody in danger reads, for whoever reads it over."""

from __future__ import annotations

from typing import Any

from django import template

from cx280.responses.wording import words
from cx280.surveys.rules.labels import direction

register = template.Library()
_SAID = ("not_live", "crisis_heading", "crisis", "harm_heading", "harm")


@register.inclusion_tag("responses/words_in_danger.html")
def words_in_danger(locale: str) -> dict[str, Any]:
    """Each sentence in the locale beside its English; in English alone where there is no other."""
    said, english = words(locale), words("en")
    return {
        "pairs": [(english["care"][key], said["care"][key]) for key in _SAID],
        "locale": said.language,
        "direction": direction(said.language),
    }
