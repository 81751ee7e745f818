"""The number on a form: what is misread is refused, never taken for another sheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.responses.rules.form_numbers import form_number, read_number

VERSIONS, SERIALS = st.integers(1, 999), st.integers(1, 999_999)


@given(VERSIONS, SERIALS)
def test_a_number_as_printed_is_read_with_its_version(version: int, serial: int) -> None:
    read = read_number(form_number(version, serial))

    assert (read.version, read.fault) == (version, "")


@given(VERSIONS, SERIALS, st.data())
def test_one_wrong_digit_is_always_found(version: int, serial: int, data: st.DataObject) -> None:
    number = form_number(version, serial)
    place = data.draw(st.sampled_from([i for i, each in enumerate(number) if each.isdigit()]))
    other = data.draw(st.sampled_from([each for each in "0123456789" if each != number[place]]))

    wrong = number[:place] + other + number[place + 1 :]
    # A leading zero is no other version: 0 in its place makes another number or none.
    assert read_number(wrong).fault or int(wrong.split("-")[0]) == 0


@given(VERSIONS, SERIALS, st.integers(0, 4))
def test_two_neighbours_swapped_are_always_found(version: int, serial: int, at: int) -> None:
    first, middle, last = form_number(version, serial).split("-")
    swapped = middle[:at] + middle[at + 1] + middle[at] + middle[at + 2 :]

    assert swapped == middle or read_number(f"{first}-{swapped}-{last}").fault


@pytest.mark.parametrize("typed", ["boat-permits/{}", " {} ", "BOAT-PERMITS/{}"])
def test_what_a_scanner_types_is_read_like_what_a_person_types(typed: str) -> None:
    number = form_number(3, 124)

    assert read_number(typed.format(number)).text == number


def test_a_number_that_staff_wrote_themselves_has_no_version() -> None:
    assert read_number("north 12").text == "NORTH12"
    assert read_number("NORTH-12").version is None


@pytest.mark.parametrize("typed", ["", "  ", "<script>", "1" * 21, "É-1"])
def test_what_is_no_number_is_refused_with_a_sentence(typed: str) -> None:
    assert read_number(typed).fault.endswith((".", "it."))
