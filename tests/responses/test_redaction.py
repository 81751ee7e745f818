"""What names a person or opens an account is taken out of people's words; the rest is kept."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.responses.rules.redaction import passes_luhn, redact

EVERY_KIND = [
    ("Write to jane.doe@example.gov.", "Write to [email]."),
    ("escríbame a ana_lopez+cita@correo.com.mx, gracias", "escríbame a [email], gracias"),
    ("jane dot? no: jane at gmail dot com", "jane dot? no: [email]"),
    ("Call 202-555-0143 after 5.", "Call [phone] after 5."),
    ("(202) 555-0143 x12", "[phone]"),
    ("+1 202 555 0143", "[phone]"),
    ("My cell is 5550143", "My cell is [phone]"),
    ("mi teléfono es 555-0143", "mi teléfono es [phone]"),
    ("+52 55 1234 5678", "[phone]"),
    ("SSN 123-45-6789!", "SSN [ssn]!"),
    ("my social is 123456789", "my social is [ssn]"),
    ("mi seguro social: 123 45 6789", "mi seguro social: [ssn]"),
    ("paid with 4532276644577020 twice", "paid with [card] twice"),
    ("tarjeta 4532 2766 4457 7021", "tarjeta [card]"),
    ("A012345678 is mine", "[a-number] is mine"),
    ("A 012 345 678", "[a-number]"),
    ("alien number 012345678", "alien number [a-number]"),
    ("case IOE0912345678 pending", "case [receipt] pending"),
    ("WAC-21-123-45678", "[receipt]"),
    ("https://agency.gov/status?id=77&t=x, see", "[url], see"),
]

ORDINARY = [
    "On 2022-01-28 at 10:30 I waited 45 minutes.",
    "I paid $1,234,567 for form I-485 in ZIP 20001-1234.",
    "Room 1204, window 3, line 12. 10/10!",
    "It took from 01/28/2022 to 02/14/2022 and 3 visits.",
    "https://agency.gov/permits is clear",
    "Me atendieron en 15 minutos, 100 % recomendado.",
    "Meet me @ the office",
    "",
]


@pytest.mark.parametrize(("said", "kept"), EVERY_KIND)
def test_each_kind_is_replaced_by_its_name(said: str, kept: str) -> None:
    assert redact(said).text == kept


@pytest.mark.parametrize("said", ORDINARY)
def test_ordinary_words_and_numbers_stay(said: str) -> None:
    assert redact(said).text == said


WORDS = st.text(alphabet="abcdefgh áéñ,.!?", max_size=60)


@given(before=WORDS, after=WORDS, digits=st.integers(2_000_000_000, 9_999_999_999))
def test_a_ten_digit_telephone_never_survives(before: str, after: str, digits: int) -> None:
    number = str(digits)
    written = f"({number[:3]}) {number[3:6]}-{number[6:]}"

    kept = redact(f"{before} {written} {after}").text

    assert number[6:] not in kept


@given(before=WORDS, after=WORDS, parts=st.tuples(*[st.integers(0, 9)] * 9))
def test_a_social_security_number_never_survives(
    before: str, after: str, parts: tuple[int, ...]
) -> None:
    text = "".join(map(str, parts))
    written = f"{text[:3]}-{text[3:5]}-{text[5:]}"

    assert written not in redact(f"{before} {written} {after}").text


@given(before=WORDS, after=WORDS, body=st.integers(10**14, 10**15 - 1))
def test_a_card_number_never_survives(before: str, after: str, body: int) -> None:
    number = next(f"{body}{check}" for check in range(10) if passes_luhn(f"{body}{check}"))

    assert number not in redact(f"{before} {number} {after}").text


@given(st.text(max_size=300))
def test_what_is_outside_the_spans_is_untouched(said: str) -> None:
    found = redact(said)

    rebuilt, at = "", 0
    for start, end, kind in found.spans:
        assert at <= start < end <= len(said)
        rebuilt += said[at:start] + f"[{kind}]"
        at = end
    assert rebuilt + said[at:] == found.text


@given(st.text(alphabet="abc áñ .,!?'-()", max_size=300))
def test_words_without_numbers_or_addresses_are_never_touched(said: str) -> None:
    assert redact(said).text == said


@pytest.mark.parametrize("unit", ["1-", "a.", "a@", "+1 ", "www.", "(1", "A ", "http://a?"])
def test_a_hostile_text_is_read_in_bounded_steps(unit: str) -> None:
    assert len(redact(unit * 5000).text) > 0


@pytest.mark.realdata
def test_real_looking_sentences_lose_nearly_every_number(real_data: Path) -> None:
    kinds = {"PHONE_NUMBER", "CREDIT_CARD", "US_SSN", "EMAIL_ADDRESS"}
    sentences = json.loads((real_data / "pii" / "generated_small.json").read_text())
    planted = [
        (each["full_text"], span)
        for each in sentences
        for span in each["spans"]
        if span["entity_type"] in kinds
    ]

    taken = [
        any(
            found.start <= span["start_position"] and found.end >= span["end_position"]
            for found in redact(text).spans
        )
        for text, span in planted
    ]

    assert len(planted) == 25
    assert sum(taken) >= 24  # the one left is a foreign number with no word beside it
