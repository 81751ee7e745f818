"""The message: in the customer's language, with links that choose and never send."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from cx280.delivery.rules.letters import About, letter
from cx280.delivery.rules.words import LANGUAGES, words
from cx280.surveys.rules.document import SurveyDocument, read_document
from tests.builders import a_document

pytestmark = pytest.mark.proves("280.10-k4")
ABOUT = About(
    agency="Department of Lakes",
    service="Boat permits",
    page="https://cx.example.gov/s/boats/",
    unit="portland",
    group="",
    language="en",
    minutes=2,
    ended_on=date(2022, 3, 12),
    control_number="1234-5678",
    expires_on=date(2024, 1, 31),
    stop="https://cx.example.gov/m/abc/",
)


def document(**fields: object) -> SurveyDocument:
    return read_document({**a_document(), **fields})


def links(html: str) -> list[str]:
    return [unescape(each) for each in re.findall(r'href="([^"]+)"', html)]


def test_both_parts_carry_the_same_links_one_for_each_answer() -> None:
    found = letter(document(), ABOUT)

    in_text = re.findall(r"https://\S+", found.text)
    assert in_text == links(found.html)
    assert len(in_text) == 6  # five answers, and to stop
    assert in_text[0] == "https://cx.example.gov/s/boats/?unit=portland&lang=en&a.trust=5"
    assert in_text[-1] == ABOUT.stop
    assert "Strongly agree:\n" in found.text


def test_it_says_why_how_long_by_what_right_and_how_to_stop() -> None:
    found = letter(document(), ABOUT)

    assert found.subject == "How was it? Boat permits"
    for each in ("You used Boat permits on March 12", "It takes 2 minutes", "1234-5678",
                 "expires January 31, 2024", ABOUT.agency, "Do not ask me again"):  # fmt: skip
        assert each in found.text
        assert each in unescape(found.html)


def test_in_spanish_all_of_it_is_spanish() -> None:
    spanish = replace(ABOUT, language="es")
    texts = {"en": "I am content.", "es": "Estoy contento."}
    asked = {"id": "q", "construct": "satisfaction", "texts": texts, "response": "agree5"}

    found = letter(document(questions=[asked]), spanish)

    assert found.subject == "¿Cómo le fue? Boat permits"
    assert "Estoy contento." in found.text
    assert "el 12 de marzo" in found.text
    assert "vence el 31 de enero de 2024" in found.text
    assert "lang=es&a.q=5" in found.text
    assert '<html lang="es"' in found.html


def test_every_language_says_the_same_things() -> None:
    shapes = [
        {part: {key: sorted(re.findall(r"\{\w+\}", each)) if isinstance(each, str) else len(each)
                for key, each in said.items()} for part, said in words(language).items()}
        for language in LANGUAGES
    ]  # fmt: skip

    assert shapes[0] == shapes[1]


@pytest.mark.parametrize(
    "first",
    [
        {"id": "c", "construct": "comment", "text": "What?", "response": "text"},
        {"id": "n", "construct": "additional", "text": "How many?", "response": "number"},
    ],
)
def test_a_question_that_no_link_can_answer_gets_a_plain_link(first: dict[str, str]) -> None:
    found = letter(document(questions=[first]), ABOUT)

    assert links(found.html) == [
        "https://cx.example.gov/s/boats/?unit=portland&lang=en", ABOUT.stop,
    ]  # fmt: skip
    assert "Answer the survey" in found.text


def test_a_reminder_says_that_it_is_the_only_one() -> None:
    found = letter(document(), replace(ABOUT, is_reminder=True))

    assert found.subject.startswith("Reminder")
    assert "the only reminder" in found.text


def test_words_of_the_agency_cannot_become_markup_or_headers() -> None:
    evil = replace(ABOUT, service='<script>\r\nBcc: x@y.org"', agency="A & B", unit='"><b>')

    found = letter(document(), evil)

    assert "<script>" not in found.html
    assert "<b>" not in found.html
    assert "\n" not in found.subject
    assert "A &amp; B" in found.html
