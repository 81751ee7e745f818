"""Which touchpoints are measured, how long people really take, and what is offered for journeys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.surveys import actions, queries
from cx280.surveys.checks import Context, check
from cx280.surveys.models import Survey
from cx280.surveys.queries.touchpoints import coverage_of
from cx280.surveys.rules.coverage import drivers_covered
from cx280.surveys.rules.plan import PlanLine, without_relationship
from cx280.surveys.rules.supplementary import MARK, supplementary_offers
from cx280.surveys.rules.touchpoints import Touchpoint, coverage
from cx280.surveys.rules.vocabulary import SUPPLEMENTARY, Level
from tests.builders import (
    a_document,
    a_journey,
    a_person,
    a_response,
    a_service,
    a_survey,
    a_version,
)
from tests.surveys.documents import found, minimal, read, with_questions

SignIn = Callable[[Person], Client]
JOURNEY_ITEM = {
    "id": "next", "construct": "certainty", "text": "I knew what would happen next and when.",
    "response": "agree5",
}  # fmt: skip
POINTS = st.lists(
    st.builds(
        Touchpoint,
        journey=st.just("A"),
        step=st.text(max_size=5),
        surveys=st.lists(st.just("S"), max_size=2).map(tuple),
        with_trust=st.just(False),
    )
)


def text_of(response: Any) -> str:  # noqa: ANN401
    """The page's words and tags with single spaces."""
    return " ".join(response.content.decode().split())


# ---------------------------------------------------------------- 280.10-a1, 280.3-b1


@pytest.mark.proves("280.10-a1")
@given(POINTS)
def test_measured_and_unmeasured_touchpoints_are_all_touchpoints(points: list[Touchpoint]) -> None:
    told = coverage(points)

    assert told.measured + len(told.unmeasured) == told.touchpoints == len(points)
    assert (told.share is None) == (not points)


@pytest.mark.django_db
@pytest.mark.proves("280.10-a1", "280.3-b1")
def test_a_touchpoint_is_measured_while_a_survey_about_it_is_open(sign_in: SignIn) -> None:
    survey = a_survey()
    journey = a_journey(survey.service)
    applies = journey.steps.get(name="Applies")
    journey.steps.create(position=9, name="Calls the office", stage="process")
    survey.journey_step = applies
    survey.save()
    client = sign_in(a_person(Role.CX_LEAD, survey.service.owner))

    (before,) = coverage_of([survey.service])
    version = a_version(survey)
    (during,) = coverage_of([survey.service])
    page = text_of(client.get(reverse("surveys:touchpoints")))
    file: Any = client.get(reverse("surveys:touchpoints-file"))
    version.closed_at = timezone.now()
    version.save()
    (after,) = coverage_of([survey.service])

    assert [each.coverage.measured for each in (before, during, after)] == [0, 1, 0]
    assert during.coverage.trust_share == 0.5
    assert [each.step for each in during.coverage.unmeasured] == ["Calls the office"]
    assert "We ask at 1 of 2 touchpoints" in page
    assert "1 of 2, 50 %" in page
    assert "Calls the office" in b"".join(file.streaming_content).decode()


@pytest.mark.django_db
@pytest.mark.proves("280.3-b1")
def test_a_survey_without_a_trust_question_measures_a_touchpoint_and_not_its_trust() -> None:
    questions = [each for each in a_document()["questions"] if each["id"] != "trust"]
    survey = a_survey(draft=a_document(questions=questions))
    survey.journey_step = a_journey(survey.service).steps.get(name="Applies")
    survey.save()
    a_version(survey)

    (told,) = coverage_of([survey.service])

    assert (told.coverage.measured, told.coverage.with_trust) == (1, 0)


@pytest.mark.django_db
def test_a_service_without_a_journey_stands_last_and_has_no_share(sign_in: SignIn) -> None:
    drawn = a_service()
    a_journey(drawn)
    blank = a_service(drawn.owner)

    told = coverage_of([blank, drawn])

    assert [each.service for each in told] == [drawn, blank]
    assert told[1].coverage.share is None


# ---------------------------------------------------------------- 280.10-p1


@pytest.mark.proves("280.10-p1")
@given(st.lists(st.tuples(st.sampled_from(list(Level)), st.booleans()), max_size=4))
def test_asking_about_the_relationship_is_encouraged_and_never_an_error(
    planned: list[tuple[Level, bool]],
) -> None:
    lines = [
        PlanLine("S", "Boats", "", level, "May", "Owners", "", None, active)
        for level, active in planned
    ]

    said = without_relationship(lines)

    assert {each.severity for each in said} <= {"info"}
    assert bool(said) is ((Level.RELATIONSHIP, True) not in planned)


# ---------------------------------------------------------------- 280.4-d3


@pytest.mark.proves("280.4-d3")
def test_the_items_about_a_journey_are_offered_for_journeys_only_and_are_no_drivers() -> None:
    journey = read(with_questions(JOURNEY_ITEM, level="journey"))

    assert [each.construct for each in supplementary_offers(journey)] == list(SUPPLEMENTARY)
    assert supplementary_offers(read(minimal(level="relationship"))) == []
    assert supplementary_offers(read(minimal())) == []
    assert "certainty" not in drivers_covered(journey, Context().edition)
    assert not [each for each in check(journey, Context()) if each.rule == "280.4-d3"]


@pytest.mark.proves("280.4-d3")
def test_an_item_about_a_journey_in_a_transaction_survey_is_a_warning() -> None:
    assert found(with_questions(JOURNEY_ITEM)) == [("280.4-d3", "warn", "questions[4]")]


@pytest.mark.django_db
@pytest.mark.proves("280.4-d3")
def test_the_builder_marks_the_items_as_supplementary(sign_in: SignIn) -> None:
    survey = a_survey(draft=a_document(level="journey"))
    client = sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))
    address = reverse("surveys:builder", args=[survey.code])
    offered = text_of(client.get(address))

    client.post(address, {"revision": survey.draft_revision, "do": "add:J3"})

    survey.refresh_from_db()
    assert survey.draft["questions"][-2]["construct"] == "certainty"
    assert MARK in offered
    assert f"agree, 5 points · {MARK}" in text_of(client.get(address))


# ---------------------------------------------------------------- 280.10-m1


@pytest.fixture
def answered() -> Survey:
    """A survey that eleven people answered in 50 to 60 seconds, and a robot in one."""
    version = a_version()
    for number in range(11):
        a_response(version, seconds=50 + number)
    a_response(version, seconds=1, suspected="sent faster than anybody reads")
    return version.survey


@pytest.mark.django_db
@pytest.mark.proves("280.10-m1")
def test_the_list_shows_how_long_people_took_and_how_many_questions_they_had(
    sign_in: SignIn, answered: Survey
) -> None:
    client = sign_in(a_person(Role.CX_LEAD, answered.service.owner))

    (line,) = queries.lines([answered])
    page = text_of(client.get(reverse("surveys:list")))

    assert line.measured_minutes == pytest.approx(55 / 60)
    assert (line.questions, line.is_over) == (8, False)
    assert "0.9<br>" in page
    assert "median of 11" in page


@pytest.mark.django_db
@pytest.mark.proves("280.10-m1", "280.10-g3")
def test_a_survey_that_takes_people_more_than_five_minutes_is_marked_and_warned_of(
    answered: Survey,
) -> None:
    version = answered.versions.get()
    version.responses.update(seconds=301)

    (line,) = queries.lines([answered])
    rules = [each.rule for each in queries.standing_of(answered, timezone.localdate()).findings]

    assert line.is_over
    assert "280.10-g3" in rules


@pytest.mark.django_db
def test_before_ten_people_answered_the_minutes_are_estimated() -> None:
    survey = a_survey()
    actions.open_survey(survey, by=None, on=timezone.localdate())
    a_response(survey.versions.get(), seconds=999)

    (line,) = queries.lines([survey])

    assert line.measured_minutes is None
