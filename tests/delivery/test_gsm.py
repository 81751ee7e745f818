"""The alphabet that every phone has, and how texts are counted."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.delivery.rules.gsm import in_gsm_where_it_can, plain, size_of
from cx280.delivery.rules.texts import check_words, text_of
from cx280.delivery.rules.words import words
from cx280.kernel.problem import Unusable
from tests.delivery.test_letters import ABOUT


def test_letters_that_a_phone_may_not_have_are_written_plainly() -> None:
    assert plain("“Łódź” – 12\N{NO-BREAK SPACE}% … é") == '"?odz" - 12 % ... é'


@pytest.mark.parametrize(
    ("text", "used", "parts"),
    [
        ("", 0, 1), ("a" * 160, 160, 1), ("a" * 161, 161, 2), ("a" * 306, 306, 2),
        ("a" * 307, 307, 3), ("€" * 80, 160, 1), ("€" * 81, 162, 2),
        # 76 letters of two places fill a part to 152; the 153rd place stays empty.
        ("€" * 153, 306, 3), ("a" + "€" * 152, 305, 2),
        ("á" * 70, 70, 1), ("á" * 71, 71, 2), ("我" * 134, 134, 2), ("我" * 135, 135, 3),
        ("🙂" * 35, 70, 1), ("🙂" * 36, 72, 2), ("🙂" * 67, 134, 3), ("ñ¿éü¡" * 32, 160, 1),
    ],
)  # fmt: skip
def test_parts_are_counted_as_networks_do(text: str, used: int, parts: int) -> None:
    """3GPP TS 23.040: 160 or 70 alone, 153 or 67 in each of several, no letter cut in two."""
    found = size_of(text)

    assert (found.used, found.parts) == (used, parts)


@given(st.text(max_size=400))
def test_a_text_fits_in_the_room_it_is_counted_to(text: str) -> None:
    found = size_of(text)

    assert found.used <= found.room or not text
    assert found.is_gsm == all(size_of(each).is_gsm for each in text)
    assert size_of(text + "a").parts >= found.parts


def test_quotes_and_dashes_of_word_processors_cost_no_text_and_letters_stay() -> None:
    assert in_gsm_where_it_can("“Boats” – it’s José’s") == "\"Boats\" - it's José's"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("is_reminder", [False, True])
@pytest.mark.proves("280.10-k4")
def test_the_usual_words_are_one_text_in_letters_that_every_phone_has(
    language: str, is_reminder: bool
) -> None:
    about = replace(ABOUT, language=language, is_reminder=is_reminder, group="g12")

    found = text_of(about, "Boat Permits", {})

    assert size_of(found.words).is_gsm
    assert size_of(found.words).parts == 1
    assert found.words.startswith("Boat Permits: ")
    assert f"https://cx.example.gov/s/boats/?unit=portland&group=g12&lang={language}" in found.words
    assert "STOP" in found.words


@pytest.mark.parametrize("language", ["en", "es"])
def test_replies_are_in_letters_that_every_phone_has(language: str) -> None:
    said = words(language)["text"]

    for each in ("stopped", "helped", "started"):
        text = said[each].format(agency="Department of Lakes", page="https://cx.example.gov")
        assert size_of(text).parts == 1, each


def test_the_agency_s_own_words_stand_in_the_middle_in_the_customer_s_language() -> None:
    written = {"en": "Was {service} good?", "zh": "您对{service}满意吗？"}

    chinese = text_of(replace(ABOUT, language="zh-Hans"), "Lakes", written)
    arabic = text_of(replace(ABOUT, language="ar"), "Lakes", written)

    assert chinese.words.startswith("Lakes: 您对Boat permits满意吗？ https://")
    assert (chinese.language, arabic.language) == ("zh", "en")
    assert "lang=zh-Hans" in chinese.words
    assert arabic.words.startswith("Lakes: Was Boat permits good? https://")
    assert "lang=ar" in arabic.words, "the survey itself may be in Arabic"
    assert not size_of(chinese.words).is_gsm


@pytest.mark.parametrize(
    "said", ["a" * 201, "see https://x.example.org", "see www.x.org", "Dear {name}", "odd }"]
)
def test_words_that_a_text_cannot_have_are_refused_with_the_way_out(said: str) -> None:
    with pytest.raises(Unusable) as refused:
        check_words(said)

    assert refused.value.fix
