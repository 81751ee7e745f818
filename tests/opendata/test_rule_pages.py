"""Each rule has a page by its id, which findings on every page link to."""

from __future__ import annotations

import pytest
from django.test import Client

from cx280.circular.catalogue import catalogue, resolutions

pytestmark = pytest.mark.django_db


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_a_rule_says_what_it_asks_of_whom_and_how_strongly(client: Client) -> None:
    said = words(client, "/rules/280.10-g2/")

    assert "A survey has no more than 15 questions." in said
    assert "Must: cx280 stops what would break it" in said
    assert "all agencies" in said
    assert "cx280.surveys.checks.too_many_questions" in said


def test_the_name_of_a_defect_opens_the_rule_before_the_colon(client: Client) -> None:
    page = client.get("/rules/280.15-a2:answers-over-respondents/")

    assert page.status_code == 200
    assert "<h1>280.15-a2:" in page.content.decode()


def test_a_resolution_tells_how_the_text_is_read(client: Client) -> None:
    assert "They are kept apart and never averaged." in words(client, "/rules/INC-05/")


@pytest.mark.proves("280.7-b1")
def test_a_rule_names_the_documents_it_cites_and_what_became_of_them(client: Client) -> None:
    said = words(client, "/rules/280.7-b1/")

    assert "rescinded by M-23-22 on Friday, September 22, 2023" in said


def test_a_rule_that_does_not_exist_is_told_kindly(client: Client) -> None:
    page = client.get("/rules/280.99-z9/")

    assert page.status_code == 404
    assert "There is no rule “280.99-z9”." in page.content.decode()
    assert "Search the list of rules." in page.content.decode()


@pytest.mark.parametrize("asked", ["280.10-G2", "inc-05"])
def test_the_case_of_an_id_does_not_matter(client: Client, asked: str) -> None:
    assert client.get(f"/rules/{asked}/").status_code == 200


@pytest.mark.any_database
def test_every_rule_has_a_page(client: Client) -> None:
    missing = [
        each
        for each in (*catalogue(), *resolutions())
        if client.get(f"/rules/{each}/").status_code != 200
    ]

    assert missing == []


def test_a_search_finds_rules_by_words_and_opens_one_by_its_id(client: Client) -> None:
    found = words(client, "/rules/?q=15+questions")

    assert "280.10-g2" in found
    assert "280.16-a6" not in found
    assert client.get("/rules/?q=280.10-g2").headers["Location"] == "/rules/280.10-g2/"
    assert "No rule has these words." in words(client, "/rules/?q=zeppelin")
