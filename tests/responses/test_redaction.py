"""What names a person or opens an account is taken out of people's words; the rest is kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.comments.grammar import corpus, unseen_corpus
from benchmarks.redaction import STRUCTURED, clean_share, scores_of, shared_scores
from cx280.responses.rules.redaction import passes_luhn, redact

EVERY_KIND = [
    ("Write to jane.doe@example.gov.", "Write to [email]."),
    ("escríbame a ana_lopez+cita@correo.com.mx, gracias", "escríbame a [email], gracias"),
    ("the dot? no: jane at gmail dot com", "the dot? no: [email]"),
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
    ("ITIN 912-70-1234", "ITIN [itin]"),
    ("my soical security number is 123456789", "my soical security number is [ssn]"),
    ("last four of my social: 6789", "last four of my social: [ssn]"),
    ("VA file number C 12345678 is lost", "VA file number [va-file] is lost"),
    ("expediente del VA 12345678", "expediente del VA [va-file]"),
    ("Passport no. C12345678.", "Passport no. [passport]."),
    ("mi pasaporte es 123456789", "mi pasaporte es [passport]"),
    ("Driver's license D1234567", "Driver's license [licence]"),
    ("DOB 01/28/1962", "DOB [birth-date]"),
    ("Nací el 28 de enero de 1962.", "Nací el [birth-date]."),
    ("January 28, 1962 is my date of birth", "[birth-date] is my date of birth"),
    ("routing 021000021, account 123456789012", "routing [routing], account [account]"),
    ("error at 192.0.2.44 today", "error at [ip] today"),
    ("call me: two zero two five five five zero one four three", "call me: [phone]"),
    ("2O2-555-Ol43 is mine", "[phone] is mine"),
    ("I live at 12 Old Mill Rd Apt 4B, Boise, ID 83702.", "I live at [address]."),
    ("Mail it to P.O. Box 77, Erie PA 16501", "Mail it to [address]"),
    ("Vivo en Calle Luna #123, apto. 3", "Vivo en [address]"),
    ("my name is xochitl arreola", "my name is [name]"),
    ("Me llamo José Luis Muñoz Peña y espero", "Me llamo [name] y espero"),
    ("Maria was great", "[name] was great"),
    ("Ms. Wrzesniewski helped", "Ms. [name] helped"),
    ("La señora Quiñones me atendió", "La señora [name] me atendió"),
    ("I SPOKE WITH JOHN SMITH AT WINDOW 3", "I SPOKE WITH [name] AT WINDOW 3"),
    ("Thanks to Priya's patience", "Thanks to [name]'s patience"),
]

ORDINARY = [
    "On 2022-01-28 at 10:30 I waited 45 minutes.",
    "I paid $1,234,567 for form I-485 in ZIP 20001-1234.",
    "Room 1204, window 3, line 12. 10/10!",
    "It took from 01/28/2022 to 02/14/2022 and 3 visits.",
    "https://agency.gov/permits is clear",
    "Me atendieron en 15 minutos, 100 % recomendado.",
    "Meet me @ the office",
    "Order number 202-555-0143 and invoice 123456789 never came.",
    "Will you open in May? Mark my words: I hope Grace period rules change.",
    "Veterans Affairs, Social Security and Washington should talk.",
    "I spoke with Social Security about the Department of Homeland Security.",
    "I was born in San Antonio and live in Austin, Texas.",
    "My name is spelled wrong. My name is on the list.",
    "Walter Reed Medical Center has no parking on Saturdays.",
    "La calle estaba llena y esperé 45 minutos en la ventanilla 3.",
    "We waited 30 minutes in the drive way and 3 people left.",
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


@given(st.text(alphabet="bcz .,!?'-()", max_size=300))
def test_words_without_numbers_or_addresses_are_never_touched(said: str) -> None:
    assert redact(said).text == said


HOSTILE = (
    *("1-", "a.", "a@", "+1 ", "www.", "(1", "A ", "http://a?", "1 ", "12 Main St, ", "Calle a "),
    *("Mr. ", "Maria de ", "J. ", "my name is ", "born 1/", "one two ", "a at b dot ", "1:", "a:"),
    *("PO Box 1 ", "live at 1 A", "1 A\n", "IOE1", "GB12 A", "ssn 1 ", "1 Jan ", "O0l1-", "x'"),
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_is_read_in_bounded_steps(unit: str) -> None:
    # A pattern that looks back over the whole text would take minutes here.
    assert len(redact(unit * 5000).text) > 0


def test_five_thousand_made_up_comments_lose_what_is_personal_and_little_else() -> None:
    scores = scores_of(corpus(5000, seed=11))

    structured = [scores.of(kind) for kind in STRUCTURED]
    name, address = scores.of("name"), scores.of("address")
    assert sum(s.found for s in structured) >= 0.98 * sum(s.planted for s in structured)
    assert min(s.recall for s in structured) >= 0.95
    assert min(s.precision for s in structured) >= 0.95
    assert min(name.recall, address.recall) >= 0.85
    assert min(name.precision, address.precision) >= 0.9


def test_sentences_written_after_the_rules_fare_as_well() -> None:
    scores = scores_of(unseen_corpus(2000))

    structured = [scores.of(kind) for kind in STRUCTURED]
    assert sum(s.found for s in structured) >= 0.98 * sum(s.planted for s in structured)
    assert min(scores.of(kind).recall for kind in ("name", "address")) >= 0.85
    assert min(scores.of(kind).precision for kind in ("name", "address")) >= 0.9


def test_comments_with_nothing_personal_are_kept_whole() -> None:
    touched, of = clean_share(corpus(2000, seed=12))

    assert touched <= 0.01 * of


@pytest.mark.realdata
def test_sentences_made_by_others_lose_nearly_everything(real_data: Path) -> None:
    scores = shared_scores(real_data)

    assert scores is not None
    assert scores["phone"].recall == scores["card"].recall == scores["ssn"].recall == 1
    assert scores["name"].recall >= 0.8
    assert scores["address"].recall >= 0.85
    assert min(scores["name"].precision, scores["address"].precision) >= 0.9
