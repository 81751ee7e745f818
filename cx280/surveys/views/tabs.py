"""The parts of one survey as tabs."""

from __future__ import annotations

from django.urls import reverse

from cx280.surveys.models import Survey


def tabs_of(survey: Survey, *, may_edit: bool) -> list[tuple[str, str]]:
    """(words, address) of the pages of a survey this person may open."""
    pages = [
        ("Questions", "surveys:builder"),
        ("Whom do we ask?", "delivery:asking"),
        ("Messages", "delivery:messages"),
        ("On your website", "delivery:websites"),
        ("How people reach it", "surveys:share"),
        ("Does it reach them?", "dashboards:proof"),
    ]
    if may_edit:
        pages.insert(1, ("Around the questions", "surveys:about"))
        pages += [("On paper", "responses:paper"), ("By phone", "responses:ask")]
    return [(words, reverse(route, args=[survey.code])) for words, route in pages]
