"""The public page in every language cx280 speaks, and in one it does not, in Chromium."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Request

from cx280.delivery.rules.words import LANGUAGES
from cx280.delivery.rules.words import words as delivery_words
from cx280.responses.models import Response
from cx280.responses.wording import is_reviewed, words, written_languages
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import as_data, read_document
from cx280.surveys.rules.labels import LABELS, REVIEWED, SPOKEN, own_name
from cx280.surveys.rules.translations import pieces, with_translation
from tests.browser import axe_at_both_widths
from tests.builders import a_document, a_survey, a_version

# One statement in each language, to be read on the page; the tests' own words.
EASE = {
    "es": "Fue fácil.",
    "zh-Hans": "办理起来很容易。",
    "vi": "Thủ tục rất dễ dàng.",
    "ko": "쉽게 처리했습니다.",
    "tl": "Madali itong tapusin.",
    "ar": "كان من السهل إتمام ما احتجت إليه.",
}


def spoken_survey(*locales: str) -> SurveyVersion:
    """A survey in English and these languages: the question on ease in words of each."""
    document = read_document(a_document("Boat permits"))
    for locale in locales:
        said = {each.place: f"{EASE[locale]} ({n})" for n, each in enumerate(pieces(document))}
        document = with_translation(document, locale, said)
    return a_version(a_survey(code="boats", draft=as_data(document)))


def shape(table: dict[str, object]) -> dict[str, object]:
    """Every key, with the places of its sentence."""
    return {
        key: shape(each) if isinstance(each, dict) else sorted(re.findall(r"{(\w+)}", str(each)))
        for key, each in table.items()
        if key not in {"months", "day", "date", "names"}
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_say_the_same_in_every_language(language: str) -> None:
    assert shape(dict(delivery_words(language))) == shape(dict(delivery_words("en")))


def test_every_language_spoken_is_complete_everywhere() -> None:
    bases = {each.split("-")[0] for each in SPOKEN}

    assert set(written_languages()) == set(LANGUAGES) == set(LABELS) == bases
    for each in bases:
        assert set(LABELS[each]) == set(LABELS["en"])
        assert words(each).table["name"] == own_name(each)


def test_staff_pages_know_what_no_native_speaker_has_read() -> None:
    assert {each for each in written_languages() if is_reviewed(each)} == REVIEWED


@pytest.mark.django_db
@pytest.mark.parametrize("locale", [each for each in SPOKEN if each != "en"])
def test_the_page_speaks_the_browsers_language(client: Client, locale: str) -> None:
    spoken_survey(locale)

    answer = client.get("/s/boats/", headers={"Accept-Language": f"{locale},en;q=0.5"})

    page = answer.content.decode()
    assert f'<html lang="{locale}" dir="ltr">' in page
    assert words(locale).table["survey"]["send"] in page
    assert LABELS[locale.split("-")[0]]["agree5-5"] in page
    assert EASE[locale] in page
    # The way back to English says so, and nothing else stays English.
    assert page.count(' lang="en"') == 1
    assert len(gzip.compress(answer.content)) < 8_000


@pytest.mark.django_db
def test_an_answer_keeps_its_language(client: Client) -> None:
    spoken_survey("zh-Hans")
    page = client.get("/s/boats/?lang=zh-Hans").content.decode()
    token = page.split('name="_page" value="')[1].split('"')[0]

    answer = client.post("/s/boats/", {"_page": token, "_lang": "zh-Hans", "trust": "5"})

    assert Response.objects.get().language == "zh-Hans"
    assert "谢谢" in client.get(answer["Location"]).content.decode()


@pytest.mark.django_db
def test_words_that_are_missing_stay_english_and_say_so(client: Client) -> None:
    document = read_document(
        {**a_document("Boat permits"), "introductions": {"en": "We read it."},
         "thanks": {"en": "It helps."}}
    )  # fmt: skip
    said = {each.place: EASE["ko"] for each in pieces(document) if each.needed}
    document = with_translation(document, "ko", said)
    a_version(a_survey(code="boats", draft=as_data(document)))

    page = client.get("/s/boats/?lang=ko").content.decode()
    thanks = client.get("/s/boats/thanks/?lang=ko").content.decode()

    assert '<h1 lang="en" dir="ltr">Boat permits feedback</h1>' in page
    assert '<p class="lead" lang="en" dir="ltr">We read it.</p>' in page
    assert '<p lang="en" dir="ltr">It helps.</p>' in thanks


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_language_stands_in_nobodys_way(
    new_context: Callable[..., BrowserContext],
) -> None:
    spoken_survey(*EASE)

    for locale in EASE:
        page = new_context(locale=locale).new_page()
        fetched: list[str] = []
        page.on("request", _noted(fetched))
        page.goto("/s/boats/")
        assert page.locator("html").get_attribute("lang") == locale
        assert axe_at_both_widths(page) == [], locale
        if locale in {"zh-Hans", "ko", "vi"}:
            # The way back to English and the number of OMB need the sheet's font, at most twice.
            assert len([each for each in fetched if each.endswith(".woff2")]) <= 2
        page.context.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_arabic_runs_from_right_to_left_and_english_in_it_does_not(
    new_context: Callable[..., BrowserContext],
) -> None:
    spoken_survey("ar")
    page = new_context(locale="ar", viewport={"width": 360, "height": 740}).new_page()
    page.goto("/s/boats/")

    first = page.locator("fieldset").first
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert first.get_attribute("dir") == "rtl"
    label = first.locator(".choice label").first
    assert label.get_attribute("lang") == "en"
    # The circle to press stands at the start of the line: at the right.
    box, circle = label.bounding_box(), first.locator("input").first.bounding_box()
    assert box is not None
    assert circle is not None
    assert circle["x"] > box["x"] + box["width"] / 2
    assert page.locator("footer").get_attribute("dir") == "ltr"
    page.get_by_text("Strongly agree").first.click()
    page.get_by_role("button", name="Send").click()
    assert "Your answers have arrived" in page.get_by_role("heading", level=1).inner_text()


def _noted(fetched: list[str]) -> Callable[[Request], None]:
    """Writes down what a page fetches."""
    return lambda request: fetched.append(request.url)
