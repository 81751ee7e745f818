"""Links of a survey page to itself lose nothing of how somebody came there."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cx280.responses.rules.ways import Way
from tests.responses.visits import address, an_open_survey

words = st.text(max_size=12)


@given(
    unit=words, group=words, visit=words, employee=st.booleans(),
    chosen=st.dictionaries(words, st.lists(words.filter(bool), max_size=2), max_size=3),
)  # fmt: skip
def test_an_address_says_all_of_a_way_and_the_language(
    unit: str, group: str, visit: str, employee: bool, chosen: dict[str, list[str]]
) -> None:
    way = Way(unit, group, employee, visit, chosen, ended="2022-03-01T14")

    said = parse_qs(way.query("es").removeprefix("?"), keep_blank_values=True)

    whole = {"lang": "es", "unit": unit, "group": group, "visit": visit}
    whole["ended"] = "2022-03-01T14"
    expected = {name: [each] for name, each in whole.items() if each}
    expected |= {"who": ["employee"]} if employee else {}
    expected |= {f"a.{name}": codes for name, codes in chosen.items() if codes}
    assert said == expected


@pytest.mark.django_db
@pytest.mark.proves("280.10-k4")
def test_the_other_language_keeps_the_answer_that_a_message_chose(client: Client) -> None:
    version = an_open_survey()

    english = client.get(f"{address(version)}?unit=north&a.trust=5").content.decode()
    spanish = client.get(f"{address(version)}?lang=es&unit=north&a.trust=5").content.decode()

    assert 'href="?lang=es&amp;unit=north&amp;a.trust=5"' in english
    assert 'id="q-trust-5" checked' in spanish


@pytest.mark.django_db
def test_an_answer_that_does_not_exist_is_not_carried_on(client: Client) -> None:
    page = client.get(f"{address(an_open_survey())}?a.trust=9&a.x=1").content.decode()

    assert 'href="?lang=es"' in page


@pytest.mark.django_db
def test_thanks_for_answers_that_were_here_say_so_in_the_other_language(client: Client) -> None:
    page = client.get(f"{address(an_open_survey())}thanks/?again=1").content.decode()

    assert 'href="?lang=es&amp;again=1"' in page
