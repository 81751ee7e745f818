"""Files of ended interactions: every row is taken, known already, or refused in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.delivery.rules.files import moment, read_row, table_of
from cx280.delivery.rules.reached import is_address
from cx280.kernel.problem import Unusable

NOW = datetime(2022, 3, 14, 12, tzinfo=UTC)
GOOD = {"interaction": "1", "address": "ana@example.org", "ended_at": "2022-03-14T07:00-04:00"}
SERVICES = frozenset({"boat-permits"})


def fault(**cells: str) -> str:
    return read_row(2, {**GOOD, **cells}, services=SERVICES, now=NOW).fault


def test_a_good_row_says_who_what_and_when() -> None:
    row = read_row(7, {**GOOD, "unit": "portland", "service": "Boat-Permits", "language": "es"},
                   services=SERVICES, now=NOW)  # fmt: skip

    assert row.handed is not None
    assert (row.line, row.fault, row.note) == (7, "", "")
    assert row.handed.ended_at == datetime(2022, 3, 14, 11, tzinfo=UTC)
    assert (row.handed.known_as, row.handed.unit) == ("ana@example.org", "portland")


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"interaction": ""}, "no interaction id"),
        ({"interaction": "x" * 201}, "longer than 200"),
        ({"service": "passports"}, "another service"),
        ({"ended_at": "yesterday"}, "is not a time"),
        ({"ended_at": "2022-03-14T07:00"}, "has no time zone"),
        ({"ended_at": "2022-03-14T07:00", "time_zone": "Mars"}, "is not a time zone"),
        ({"ended_at": "2022-03-14T07:00", "time_zone": "../etc/passwd"}, "is not a time zone"),
        ({"ended_at": "2022-03-14T12:11Z"}, "ends in the future"),
        ({"language": "not a language"}, "not a code"),
        ({"stratum": "x" * 61}, "longer than 60"),
        ({"unit": "a\x00b"}, "NUL"),
    ],
)
def test_what_is_wrong_with_a_row_is_said(cells: dict[str, str], words: str) -> None:
    assert words in fault(**cells)


def test_a_row_without_an_address_that_works_still_counts() -> None:
    row = read_row(2, {**GOOD, "address": "ana@"}, services=SERVICES, now=NOW)

    assert row.handed is not None
    assert row.handed.known_as == ""
    assert row.note == "No mail can go to this address."


@given(st.dictionaries(st.sampled_from([*GOOD, "time_zone", "service", "unit", "language"]),
                       st.text(max_size=30)))  # fmt: skip
def test_no_row_breaks_the_reading(cells: dict[str, str]) -> None:
    row = read_row(2, cells, services=SERVICES, now=NOW)

    assert (row.handed is None) == bool(row.fault)


@pytest.mark.parametrize(
    ("written", "zone", "utc"),
    [
        ("2022-03-13 01:59", "America/New_York", "2022-03-13T06:59"),
        ("2022-03-13 03:00", "America/New_York", "2022-03-13T07:00"),
        # The hour that comes twice is the first: nobody is asked too late.
        ("2022-11-06 01:30", "America/New_York", "2022-11-06T05:30"),
        ("2022-11-06 01:30", "Pacific/Honolulu", "2022-11-06T11:30"),
        ("2022-11-06 01:30", "America/Phoenix", "2022-11-06T08:30"),
        ("2022-11-06T01:30:00-05:00", "", "2022-11-06T06:30"),
        ("2022-11-06T06:30Z", "", "2022-11-06T06:30"),
    ],
)
def test_an_end_is_a_moment_whatever_the_clocks_do(written: str, zone: str, utc: str) -> None:
    assert moment(written, zone) == datetime.fromisoformat(utc + "+00:00")


def test_an_hour_that_never_was_is_told() -> None:
    with pytest.raises(Unusable, match="There was no 02:30"):
        moment("2022-03-13 02:30", "America/New_York")


@pytest.mark.parametrize("good", ["a@b.org", "o'neil+x@mail.agency.gov", "A.B@EXAMPLE.COM"])
def test_addresses_that_mail_goes_to(good: str) -> None:
    assert is_address(good)


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "a@b",
        "a b@c.org",
        "a@b..org",
        "<a@b.org>",
        "a@b.org, c@d.org",
        "a@-b.org",
        "a@b.org\nBcc: c@d.org",
        "x" * 65 + "@b.org",
    ],
)
def test_addresses_that_mail_does_not_go_to(bad: str) -> None:
    assert not is_address(bad)


def test_a_file_is_read_with_its_mark_and_its_quotes() -> None:
    content = '\ufeffinteraction,address,ended_at\n"1","a@b.org",2022-03-14T07:00Z\n'.encode()

    assert table_of(content)[0]["interaction"] == "1"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "lacks the columns interaction, ended_at, address or phone"),
        (b"interaction,address\n", "lacks the column ended_at"),
        (b"interaction,address,ended_at,ssn\n", "do not take: ssn"),
        (b"interaction,address,ended_at\n\xff\xfe", "not UTF-8"),
        (b'interaction,address,ended_at\n"1', "not CSV"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(content: bytes, words: str) -> None:
    with pytest.raises(Unusable, match=words):
        table_of(content)


def test_an_end_a_little_ahead_is_two_clocks_not_the_future() -> None:
    assert fault(ended_at=(NOW + timedelta(minutes=9)).isoformat()) == ""
