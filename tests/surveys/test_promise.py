"""A survey is anonymous, or joined with visits and says so; it is never both."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.kernel.finding import Severity
from cx280.surveys.checks.context import Context
from cx280.surveys.checks.promise_broken import promise_broken
from cx280.surveys.models import Survey
from cx280.surveys.queries import draft_of, standing_of
from cx280.surveys.rules.document import as_data, read_document
from cx280.surveys.rules.vocabulary import Promise
from tests.builders import a_document, a_person, a_survey

JOINED = {"promise": "same_visit"}


def found_in(**fields: Any) -> list[tuple[str, Severity, str | None]]:
    """Rule, severity and place of what the check says."""
    document = read_document({**a_document(), **fields})
    return [(each.rule, each.severity, each.where) for each in promise_broken(document, Context())]


def test_a_survey_is_anonymous_unless_it_says_otherwise() -> None:
    plain, joined = read_document(a_document()), read_document(a_document(**JOINED))

    assert plain.promise is Promise.ANONYMOUS
    assert "promise" not in as_data(plain)
    assert as_data(joined)["promise"] == "same_visit"
    assert read_document(as_data(joined)) == joined


@pytest.mark.proves("280.7-j2")
@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"introductions": {"en": "Your answers are anonymous."}}, "introductions.en"),
        ({"introductions": {"es": "Sus respuestas son ANÓNIMAS."}}, "introductions.es"),
        ({"thanks": {"en": "We keep your anonymity."}}, "thanks.en"),
        ({"title": "Anonymous feedback"}, "title"),
        ({"titles": {"es": "Encuesta anónima"}}, "titles.es"),
    ],
)
def test_a_promise_of_anonymity_and_a_join_are_refused_with_place_and_way_out(
    fields: dict[str, Any], where: str
) -> None:
    assert found_in(**JOINED, **fields) == [("280.7-j2", Severity.ERROR, where)]
    assert found_in(**fields) == []


def test_a_question_that_promises_it_is_named_once() -> None:
    document = a_document(**JOINED)
    document["questions"][-1]["text"] = "Anything else? It stays anonymous."
    document["questions"][-1]["texts"] = {"es": "¿Algo más? Es anónimo."}
    last = len(document["questions"]) - 1

    assert found_in(**document) == [("280.7-j2", Severity.ERROR, f"questions[{last}]")]


def test_a_survey_on_paper_comes_from_no_visit() -> None:
    assert found_in(**JOINED, mode="paper") == [("280.7-j2", Severity.ERROR, "promise")]
    assert found_in(**JOINED) == []


@pytest.mark.django_db
def test_it_stays_closed_until_one_of_the_two_goes() -> None:
    words = {"en": "This is anonymous."}
    both = a_survey(draft=a_document(**JOINED, introductions=words))
    one = a_survey(draft=a_document(**JOINED))

    today = timezone.localdate()
    in_the_way = [each.rule for each in standing_of(both, today).findings]

    assert "280.7-j2" in in_the_way
    assert "280.7-j2" not in [each.rule for each in standing_of(one, today).findings]


@pytest.mark.django_db
def test_the_setting_is_off_and_is_switched_on_with_the_other_facts(
    sign_in: Callable[[Person], Client],
) -> None:
    survey = a_survey()
    client = sign_in(a_person(Role.CX_LEAD, survey.service.owner))
    page = client.get(f"/surveys/{survey.code}/about/")
    fields = {each.name: each.value() or "" for each in page.context["form"]}
    assert fields["same_visit"] == ""

    client.post(
        f"/surveys/{survey.code}/about/",
        {**fields, "same_visit": "on", "revision": survey.draft_revision},
    )

    assert draft_of(Survey.objects.get()).promise is Promise.SAME_VISIT


@pytest.mark.django_db
def test_the_page_of_links_says_how_a_visit_is_handed_over_where_one_may_be(
    sign_in: Callable[[Person], Client],
) -> None:
    joined = a_survey(draft=a_document(**JOINED))
    plain = a_survey(service=joined.service)
    client = sign_in(a_person(Role.CX_LEAD, joined.service.owner))

    pages = [
        client.get(f"/surveys/{each.code}/share/").content.decode() for each in (joined, plain)
    ]

    assert ["data-cx-survey" in page for page in pages] == [True, False]
