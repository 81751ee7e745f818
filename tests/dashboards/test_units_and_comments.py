"""Offices are ordered without false ranks; comments are read by rating, office and language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from tests.builders import a_document, a_person, a_response, a_survey, a_version, some_words
from tests.dashboards.answered import (
    a_comment,
    a_measured_service,
    an_office,
    answered,
    counted,
)
from tests.dashboards.test_service import rows_of, text_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.mark.proves("280.10-q1")
def test_offices_stand_lowest_first_with_their_intervals(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    for name, agree in (("Boise", 55), ("Portland", 20), ("Seattle", 57)):
        answered(version, agree, 60, unit=an_office(service, name))
    answered(version, 50, 60)
    counted()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))

    page = text_of(client.get(f"/measures/{service.code}/units/"))
    rows = rows_of(client.get(f"/measures/{service.code}/units/?table=units&outcome=satisfaction"))

    assert "<h1>Portland is below the others: trust in Boat permits</h1>" in page
    assert page.index(">Portland</a>") < page.index(">Boise</a>") < page.index(">Seattle</a>")
    assert "75 % of them name an office" in page
    assert [row["office"] for row in rows] == ["Portland", "Boise", "Seattle"]
    assert rows[0]["standing"] == "below the others"


def test_offices_that_chance_explains_have_no_rank(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    for name, agree in (("Boise", 15), ("Portland", 16)):
        answered(version, agree, 20, unit=an_office(service, name))
    counted()

    page = text_of(
        sign_in(a_person(Role.CX_LEAD, service.owner)).get(f"/measures/{service.code}/units/")
    )

    assert "No office stands apart from the others" in page
    assert page.count("not told apart from the others") == 2


def test_a_small_office_has_a_second_figure_that_leans_on_the_average(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    for name, agree, of in (("Boise", 80, 100), ("Portland", 5, 12), ("Seattle", 78, 100)):
        answered(version, agree, of, unit=an_office(service, name))
    counted()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))

    page = text_of(client.get(f"/measures/{service.code}/units/"))
    rows = {
        row["office"]: row
        for row in rows_of(client.get(f"/measures/{service.code}/units/?table=1"))
    }

    assert "Leaning on the average" in page
    assert page.index(">Portland</a>") < page.index(">Seattle</a>")
    assert rows["Portland"]["share"] == "0.4167"
    assert 0.45 < float(rows["Portland"]["leaning_share"]) < 0.75
    assert rows["Portland"]["leaning_low"] < rows["Portland"]["leaning_share"]
    assert float(rows["Portland"]["leaning_own"]) < float(rows["Boise"]["leaning_own"])


def test_a_hidden_office_takes_no_part_in_the_average_others_lean_on(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    for name, agree, of in (("A", 80, 100), ("B", 20, 30), ("C", 70, 90), ("D", 50, 70)):
        answered(version, agree, of, unit=an_office(service, name))
    small = an_office(service, "Small")
    answered(version, 0, 4, unit=small)
    counted()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))
    address = f"/measures/{service.code}/units/?table=1"

    before = rows_of(client.get(address))
    answered(version, 4, 4, unit=small)
    counted()
    after = rows_of(client.get(address))

    hidden = [row["office"] for row in before if row["note"]]
    assert hidden == ["B", "Small"]
    assert all(not row["leaning_share"] for row in before if row["note"])
    assert [row["leaning_share"] for row in before] == [row["leaning_share"] for row in after]


def test_two_offices_have_no_average_to_lean_on(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    for name in ("Boise", "Portland"):
        answered(version, 15, 20, unit=an_office(service, name))
    counted()

    page = text_of(
        sign_in(a_person(Role.CX_LEAD, service.owner)).get(f"/measures/{service.code}/units/")
    )

    assert "Leaning on the average" not in page


def test_answers_without_an_office_say_what_to_do(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 15, 20)
    counted()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)

    page = text_of(sign_in(lead).get(f"/measures/{version.survey.service.code}/units/"))

    assert "No answer names an office." in page


def test_comments_are_found_by_rating_office_and_language(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    office = an_office(service, "Portland")
    a_comment(version, "Too slow", trust=1, unit=office)
    a_comment(version, "Very kind", trust=5)
    a_comment(version, "Esperé mucho", trust=2, language="es")
    a_comment(version, "Robot words", trust=1, suspected="honeypot")
    counted()
    client = sign_in(a_person(Role.ANALYST, service.owner))
    address = f"/measures/{service.code}/comments/"

    found = {
        query: [
            words
            for words in ("Too slow", "Very kind", "Esperé mucho", "Robot words")
            if words in text_of(client.get(address + query))
        ]
        for query in ("", "?rating=low", "?rating=high", "?unit=portland", "?language=es")
    }

    assert found == {
        "": ["Too slow", "Very kind", "Esperé mucho"],
        "?rating=low": ["Too slow", "Esperé mucho"],
        "?rating=high": ["Very kind"],
        "?unit=portland": ["Too slow"],
        "?language=es": ["Esperé mucho"],
    }


def test_a_comment_shows_the_rating_the_place_and_the_language(sign_in: SignIn) -> None:
    version = a_measured_service()
    office = an_office(version.survey.service, "Portland")
    a_comment(version, "Esperé <b>mucho</b>", trust=2, language="es", unit=office)
    counted()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)

    page = text_of(sign_in(lead).get(f"/measures/{version.survey.service.code}/comments/"))

    assert "Rated trust 2 of 5 · Portland · Website, Spanish · " in page
    assert 'lang="es">Esperé &lt;b&gt;mucho&lt;/b&gt;' in page


def test_ratings_are_found_under_whatever_id_a_version_asked_them(sign_in: SignIn) -> None:
    document = a_document()
    document["questions"][0]["id"] = "my-trust_1"
    version = a_version(a_survey(draft=document))
    some_words(a_response(version, answers={"my-trust_1": 1}), "Lost my form")
    a_response(version)
    counted()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)

    page = text_of(
        sign_in(lead).get(f"/measures/{version.survey.service.code}/comments/?rating=low")
    )

    assert "Lost my form" in page


def test_no_comment_that_fits_says_what_to_do(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 1, 1)
    counted()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)

    page = text_of(sign_in(lead).get(f"/measures/{version.survey.service.code}/comments/"))

    assert "Take a filter off, or look at another quarter." in page
