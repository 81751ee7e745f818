"""The parts of one survey as tabs."""

from __future__ import annotations

from django.urls import reverse

from cx280.surveys.models import Survey

# Words with an address, or with the pairs of a second row.
Tabs = list[tuple[str, str | list[tuple[str, str]]]]
_Routes = tuple[tuple[str, str], ...]
# What is asked, whom, on which ways, and what comes of it. The last of a row only for who may edit.
_ASKED: _Routes = (
    ("Questions", "surveys:builder"),
    ("Languages", "surveys:languages"),
    ("Approval by OMB", "paperwork:survey"),
)
_WAYS: _Routes = (
    ("Links and posters", "surveys:share"),
    ("Messages", "delivery:messages"),
    ("On your website", "delivery:websites"),
    ("Kiosks", "delivery:kiosks"),
)
_AROUND = ("Around the questions", "surveys:about")
_AFTER = ("Contact afterwards", "recovery:survey")
_MORE_WAYS: _Routes = (
    ("On paper", "responses:paper"),
    ("By phone", "responses:by-phone"),
)


def tabs_of(survey: Survey, *, may_edit: bool) -> Tabs:
    """The pages of a survey this person may open, in the form the `tabs` of pages takes."""
    asked = (_ASKED[0], _AROUND, *_ASKED[1:], _AFTER) if may_edit else _ASKED
    ways = (*_WAYS, *_MORE_WAYS) if may_edit else _WAYS

    def address(route: str) -> str:
        return reverse(route, args=[survey.code])

    return [
        ("What it asks", [(words, address(route)) for words, route in asked]),
        ("Whom do we ask?", address("delivery:asking")),
        ("How people reach it", [(words, address(route)) for words, route in ways]),
        ("Does it reach them?", address("dashboards:proof")),
    ]
