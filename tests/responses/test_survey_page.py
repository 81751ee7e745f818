"""The public page: what it says, in which language, and what a view costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cx280.responses import queries
from cx280.responses.rules.standing import Standing
from cx280.surveys.models import Survey
from tests.builders import a_survey
from tests.responses.visits import (
    a_document_in_two_languages,
    address,
    an_open_survey,
    clearance_of,
)

pytestmark = pytest.mark.django_db


def shown(client: Client, path: str, **headers: str) -> str:
    return client.get(path, headers=headers).content.decode()


@pytest.mark.proves("280.8-b9")
def test_the_page_shows_every_element_of_consent(client: Client) -> None:
    version = an_open_survey()
    clearance = clearance_of(version)

    page = shown(client, address(version))

    assert "to see what works well and to fix what does not" in page  # purpose
    assert "Taking part is voluntary" in page
    assert "about 2 minutes" in page  # burden
    assert f"OMB control number {clearance.control_number}" in page
    assert f"expires {clearance.expires_on:%B} {clearance.expires_on.day}" in page
    assert "You need not answer unless a valid control number is shown" in page
    assert "We do not ask who you are" in page  # privacy


@pytest.mark.proves("280.8-b9")
def test_no_form_is_shown_without_a_number_to_show(client: Client) -> None:
    version = an_open_survey()
    Survey.objects.update(collection=None)

    response = client.get(address(version))

    assert response.status_code == 410
    assert "<form" not in response.content.decode()


def test_spanish_is_complete(client: Client) -> None:
    version = an_open_survey()

    page = shown(client, f"{address(version)}?lang=es")

    assert '<html lang="es" dir="ltr">' in page
    assert "¿Cómo le fue con su permiso de barco?" in page
    assert "Totalmente de acuerdo" in page
    assert "Número de control de OMB" in page
    for english in ("Send", "Strongly", "voluntary", "OMB control", "Privacy", "skip"):
        assert english not in page, english


def test_the_browsers_language_is_honoured_and_the_other_is_one_click_away(client: Client) -> None:
    version = an_open_survey()

    page = shown(client, address(version), accept_language="es-MX,es;q=0.9,en;q=0.5")

    assert '<html lang="es"' in page
    assert 'href="?lang=en"' in page


def test_the_link_to_the_other_language_keeps_the_unit(client: Client) -> None:
    version = an_open_survey()

    assert 'href="?lang=es&amp;unit=office-7"' in shown(client, f"{address(version)}?unit=office-7")


def test_a_survey_in_arabic_runs_from_right_to_left(client: Client) -> None:
    document = a_document_in_two_languages()
    for question in document["questions"]:
        question["texts"]["ar"] = "سؤال"
    version = an_open_survey(**document)

    page = shown(client, f"{address(version)}?lang=ar")

    assert '<html lang="ar" dir="rtl">' in page
    assert 'lang="en" dir="ltr"' in page  # our own words are marked as English


def test_a_view_sets_no_cookie_asks_no_third_party_and_runs_no_script(client: Client) -> None:
    response = client.get(address(an_open_survey()))
    page = response.content.decode()

    assert response.cookies == {}
    assert "<script" not in page
    assert "style=" not in page
    assert page.count("<style nonce=") == 1
    assert "http" not in page.replace("http-equiv", "")
    assert response["Cache-Control"] == "private, no-cache"


def test_a_view_writes_nothing_and_reads_once(
    client: Client, django_assert_num_queries: object
) -> None:
    version = an_open_survey()
    client.get(address(version))

    with django_assert_num_queries(1) as asked:  # type: ignore[operator]
        client.get(address(version))

    assert asked.captured_queries[0]["sql"].startswith("SELECT")


def test_a_closed_survey_says_so_in_both_languages(client: Client) -> None:
    version = an_open_survey()
    version.closed_at = timezone.now() - timedelta(days=1)
    version.save()
    Survey.objects.update(state=Survey.State.CLOSED)

    english = client.get(address(version))
    spanish = client.get(f"{address(version)}?lang=es")

    assert english.status_code == spanish.status_code == 410
    assert "This survey is closed" in english.content.decode()
    assert "Esta encuesta está cerrada" in spanish.content.decode()
    assert "<form" not in english.content.decode()


def test_no_form_outlives_its_clearance_even_before_the_survey_is_closed(client: Client) -> None:
    version = an_open_survey()
    clearance = clearance_of(version)
    clearance.expires_on = queries.today_of(version.survey.service.owner) - timedelta(days=1)
    clearance.save()

    response = client.get(address(version))

    assert response.status_code == 410
    assert "The approval to ask these questions ended on" in response.content.decode()
    assert "<form" not in response.content.decode()


def test_the_form_is_shown_on_the_last_day_of_the_clearance(client: Client) -> None:
    version = an_open_survey()
    clearance = clearance_of(version)
    clearance.expires_on = queries.today_of(version.survey.service.owner)
    clearance.save()

    assert client.get(address(version)).status_code == 200


def test_a_withdrawn_clearance_shows_no_form() -> None:
    version = an_open_survey()
    clearance = clearance_of(version)
    clearance.withdrawn_on = queries.today_of(version.survey.service.owner)
    clearance.save()

    assert queries.standing_of(version) is Standing.EXPIRED


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "There is no survey here"), ("es", "Aquí no hay ninguna encuesta")],
)
def test_an_unknown_address_says_so_in_both_languages(
    client: Client, language: str, words: str
) -> None:
    response = client.get("/s/nothing-here/", {"lang": language})

    assert response.status_code == 404
    assert words in response.content.decode()


def test_a_draft_that_was_never_opened_is_not_told_from_nothing(client: Client) -> None:
    survey = a_survey()

    assert client.get(f"/s/{survey.code}/").status_code == 404
