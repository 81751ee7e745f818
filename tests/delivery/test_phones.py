"""Telephone numbers as people write them, and rows about people who are texted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.delivery.rules.files import Row, read_row, table_of
from cx280.delivery.rules.phones import number_of, zones_of
from cx280.delivery.rules.vocabulary import MessageChannel

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)


def row(**cells: str) -> Row:
    usual = {"interaction": "1", "phone": "(202) 345-0101", "consent": "yes",
             "ended_at": "2022-03-14T07:00Z"}  # fmt: skip
    return read_row(2, {**usual, **cells}, services=frozenset(), now=NOW, region="US")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("(202) 345-0101", "+12023450101"), ("202.345.0101", "+12023450101"),
        ("1 202 345 0101", "+12023450101"), ("+1-202-345-0101", "+12023450101"),
        ("+44 20 7123 4567", "+442071234567"), ("tel:+1-202-345-0101", "+12023450101"),
    ],
)  # fmt: skip
def test_a_number_is_kept_as_networks_write_it(written: str, number: str) -> None:
    assert number_of(written, "US") == number


@pytest.mark.parametrize(
    "written",
    ["", "345-0101", "911", "+1 911", "(123) 345-0101", "me@agency.gov", "٢٠٢٣٤٥٠١٠١",
     "+1 800 345 0101", "+1 900 345 0101", "202 345 0101 ext. 9", "1" * 50],
)  # fmt: skip
def test_what_no_text_can_go_to(written: str) -> None:
    """Too short, an emergency number, another script, toll-free, premium rate, an extension."""
    assert number_of(written, "US") == ""


@given(st.text(max_size=45))
def test_nothing_breaks_the_reading_and_what_is_read_is_read_the_same_again(written: str) -> None:
    number = number_of(written, "US")

    assert number == "" or number_of(number, "ZZ") == number


def test_the_area_code_says_where_somebody_may_be_and_the_row_says_it_better() -> None:
    assert zones_of("+12023450101") == ("America/New_York",)
    assert set(zones_of("+19072345678")) == {"America/Adak", "America/Anchorage"}
    assert zones_of("+12023450101", "Pacific/Honolulu") == ("Pacific/Honolulu",)


def test_a_row_with_a_number_and_consent_is_texted() -> None:
    found = row(recipient_time_zone="America/Chicago").handed

    assert found
    assert (found.channel, found.known_as, found.also, found.time_zone) == (
        MessageChannel.SMS, "+12023450101", "", "America/Chicago",
    )  # fmt: skip


@pytest.mark.parametrize("consent", ["", "no", "0", "unknown", "maybe"])
def test_without_consent_a_row_is_refused_in_words(consent: str) -> None:
    found = row(consent=consent)

    assert found.handed is None
    assert "agreed to be texted" in found.fault
    assert "0101" not in found.fault


@pytest.mark.parametrize(
    ("channel", "kept", "known_as", "also"),
    [("", "email", "ana@example.org", "+12023450101"),
     ("email", "email", "ana@example.org", "+12023450101"),
     ("SMS", "sms", "+12023450101", "ana@example.org"),
     ("text", "sms", "+12023450101", "ana@example.org")],
)  # fmt: skip
def test_with_both_the_channel_decides_and_mail_needs_no_consent(
    channel: str, kept: str, known_as: str, also: str
) -> None:
    consent = "yes" if kept == "sms" else ""
    found = row(channel=channel, address="ana@example.org", consent=consent).handed

    assert found
    assert (found.channel, found.known_as, found.also) == (kept, known_as, also)


@pytest.mark.parametrize(
    ("cells", "words"),
    [({"channel": "fax"}, "“fax” is no channel"),
     ({"recipient_time_zone": "Middle Earth"}, "is not a time zone")],
)  # fmt: skip
def test_what_is_wrong_is_said(cells: dict[str, str], words: str) -> None:
    assert words in row(**cells).fault


def test_a_number_no_text_goes_to_is_noted_and_nothing_of_it_kept() -> None:
    found = row(phone="911")

    assert found.handed
    assert (found.handed.known_as, found.note) == ("", "No text can go to this number.")


def test_a_file_needs_an_address_or_a_phone() -> None:
    rows = table_of(b"interaction,phone,consent,ended_at\n1,202,yes,2022-03-14T07:00Z\n")

    assert rows[0]["phone"] == "202"
