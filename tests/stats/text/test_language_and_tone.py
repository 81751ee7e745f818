"""The language of a short text, its tone, and the topics of many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.stats.text.language import language_of
from cx280.stats.text.lexicon import small_words, tone_words
from cx280.stats.text.tone import tone_of
from cx280.stats.text.topics import find_topics

ENGLISH = ["I waited three hours.", "the forms were hard to find", "thank you", "Great staff"]
SPANISH = ["Esperé tres horas.", "no encontré el formulario", "muchas gracias", "Muy amables"]


@pytest.mark.parametrize("text", ENGLISH)
@pytest.mark.parametrize("page", ["", "en"])
def test_english_is_found(text: str, page: str) -> None:
    assert language_of(text, page).language == "en"


@pytest.mark.parametrize("text", SPANISH)
@pytest.mark.parametrize("page", ["", "es"])
def test_spanish_is_found(text: str, page: str) -> None:
    assert language_of(text, page).language == "es"


def test_clear_words_outweigh_the_page() -> None:
    assert language_of("I waited for three hours and nobody came", "es").language == "en"
    assert language_of("Esperé tres horas y nadie me atendió", "en").language == "es"


def test_where_words_do_not_tell_the_page_does() -> None:
    assert language_of("OK", "es").language == "es"
    assert not language_of("OK", "es").told
    assert language_of("", "fr").language == "fr"
    assert language_of("très bien", "fr").language == "fr"


@given(st.text(max_size=300), st.sampled_from(["", "en", "es", "fr"]))
def test_any_text_has_a_language_and_a_tone(text: str, page: str) -> None:
    guess = language_of(text, page)
    tone = tone_of(text, guess.language)

    assert guess.language
    assert guess.odds >= 0
    assert (tone.tone == "neutral") == (abs(tone.balance) < 0.5)


@pytest.mark.parametrize(
    ("text", "language", "tone"),
    [
        ("The clerk was very kind", "en", "positive"),
        ("The clerk was not kind", "en", "negative"),
        ("No complaints at all", "en", "positive"),
        ("I complained? No. But it was a waste of time", "en", "negative"),
        ("Portland, Tuesday", "en", "neutral"),
        ("Muy amable", "es", "positive"),
        ("No fue amable", "es", "negative"),
        ("Pésima atención", "es", "negative"),
        ("Sehr freundlich", "de", "neutral"),
    ],
)
def test_the_tone_of_words_and_of_their_opposite(text: str, language: str, tone: str) -> None:
    assert tone_of(text, language).tone == tone


def test_the_tone_says_which_words_told() -> None:
    assert tone_of("Friendly staff, no complaints").words == ("friendly", "no complaints")


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_word_praises_and_complains(language: str) -> None:
    weights = tone_words(language)

    assert len(weights) > 100
    assert set(weights.values()) <= {-3.0, -2.0, -1.0, 1.0, 2.0, 3.0}
    assert len(small_words(language)) > 100
    assert tone_words("xx") == {}


def topics_of(copies: int) -> list[str]:
    about = [
        ["parking garage full", "garage parking expensive", "parking lot garage closed"],
        ["password reset code", "reset password again", "code for password reset missing"],
        ["boat trailer sticker", "sticker for trailer boat", "trailer boat sticker peeled"],
        ["salmon season dates", "dates of salmon season", "season salmon dates changed"],
    ]
    return [f"{text} {n}" for n in range(copies) for group in about for text in group]


def test_topics_are_words_that_go_together() -> None:
    found = find_topics(topics_of(10), counts=(4,))

    assert [sorted(topic.words)[:2] for topic in found] != []
    heads = {topic.words[0] for topic in found}
    assert len(found) == 4
    assert heads <= {"parking", "garage", "password", "reset", "boat", "trailer", "sticker",
                     "salmon", "season", "dates"}  # fmt: skip
    assert all(topic.stability > 0.5 and len(topic.texts) == 30 for topic in found)


def test_the_same_texts_have_the_same_topics() -> None:
    texts = topics_of(8)

    assert find_topics(texts) == find_topics(texts)


def test_noise_has_no_topic() -> None:
    """Words thrown together at random do not come back when a fifth of them is left out."""
    letters = "abcdefghij"
    texts = [
        " ".join(f"word{letters[(n * k * 7 + k * k) % 10]}{letters[(n + k * 3) % 10]}"
                 for k in range(1, 5))
        for n in range(100)
    ]  # fmt: skip

    assert len(find_topics(texts, least_stability=0.9)) <= 2


def test_few_texts_are_refused_and_words_left_out_stay_out() -> None:
    with pytest.raises(Unusable, match="at least 50"):
        find_topics(["one", "two"])
    words = {w for topic in find_topics(topics_of(8), without=["parking"]) for w in topic.words}
    assert "parking" not in words
