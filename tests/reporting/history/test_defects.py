"""Each defect of a reported row is found, and only that one."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.reporting.rules.history.columns import COLUMNS_92
from cx280.reporting.rules.history.defects import defects
from cx280.reporting.rules.history.row import mean_of, read_row

_TEXTS = {
    1: "I am satisfied with the service I received from Boat permits.",
    2: "This interaction increased my trust in Boat permits.",
    3: "My need was addressed.",
    4: "It was easy to complete what I needed to do.",
    5: "It took a reasonable amount of time to do what I needed to do.",
    6: "I was treated fairly.",
    7: "Employees I interacted with were helpful.",
}


def a_row(**cells: str) -> dict[str, str]:
    """A row without a defect, under the 92 names."""
    row = dict.fromkeys(COLUMNS_92, "")
    row.update(
        id="1",
        collection_year="2022",
        collection_quarter="3",
        service_provider_name="Boat Office",
        service_name="Boat permits",
        channel="website",
        volume_of_customers="5000",
        volume_of_customers_provided_survey_opportunity="1000",
        volume_of_respondents="150",
        omb_control_number="1094-0123",
    )
    for position, text in _TEXTS.items():
        row[f"q{position}_text"] = text
        row.update({f"q{position}_{point}": str(point * 10) for point in range(1, 6)})
    for position in range(8, 12):
        row.update({f"q{position}_{point}": "0" for point in range(1, 6)})
    return {**row, **cells}


def rules_of(row: dict[str, str], created_on: date | None = None) -> list[str]:
    """The rules of the defects found."""
    return [each.rule for each in defects(read_row(row), created_on)]


def _zeros(position: int, text: str = "") -> dict[str, str]:
    cells = {f"q{position}_{point}": "0" for point in range(1, 6)}
    return {**cells, f"q{position}_text": text}


def test_a_row_in_order_has_no_defect() -> None:
    assert rules_of(a_row()) == []


@pytest.mark.proves("280.15-a2", "280.10-h1", "280.10-h2", "280.10-h3", "280.15-a1")
@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        ({"q1_5": "51"}, ["280.15-a2:answers-over-respondents"]),
        ({"volume_of_respondents": "1001"}, ["280.15-a2:respondents-over-offered"]),
        (
            {"volume_of_customers_provided_survey_opportunity": "5001"},
            ["280.15-a2:offered-over-customers"],
        ),
        ({"volume_of_customers": ""}, ["280.15-a2:customers-missing"]),
        (
            {"volume_of_customers": "many"},
            ["280.15-a2:number-unreadable", "280.15-a2:customers-missing"],
        ),
        ({"channel": ""}, ["280.4-g5:channel-blank"]),
        ({"channel": "mixed"}, ["280.4-g5:channel-unknown"]),
        ({"omb_control_number": ""}, ["280.11-a1:control-number-missing"]),
        (
            {"omb_control_number": "OMB Control Number"},
            ["280.11-a1:control-number-placeholder"],
        ),
        ({"omb_control_number": "10940123"}, ["280.11-a1:control-number-malformed"]),
        ({"omb_control_number": " 1094-0123\t"}, []),
        (_zeros(2), ["280.10-h1:trust-missing"]),
        (_zeros(1), ["280.10-h2:satisfaction-missing"]),
        (_zeros(7, "NONE"), ["280.10-h3:driver-missing", "280.10-i4:left-out"]),
        (
            _zeros(4, _TEXTS[4]),
            ["280.15-a2:text-without-counts", "280.10-h3:driver-missing"],
        ),
        (
            {"q6_text": ""},
            ["280.15-a2:counts-without-text", "280.10-h3:driver-missing"],
        ),
        (
            {"q1_text": _TEXTS[2], "q2_text": _TEXTS[1]},
            ["280.10-i4:words-and-position-differ"] * 2,
        ),
        (
            {"q2_text": "This interaction increased my confidence in Boat permits."},
            ["280.10-h1:trust-missing", "INC-06:confidence-asked",
             "280.10-i4:words-and-position-differ"],
        ),
        (
            {"q2_text": "I trust Boat permits to answer letters."},
            ["280.10-c3:trust-wording-modified"],
        ),
        (
            {"q4_text": "On a scale of 1 to 10, how easy was it?"},
            ["280.10-c2:not-five-points"],
        ),
        (
            {"q4_2": "0", "q4_3": "0", "q4_4": "0"},
            ["280.10-e4:only-extremes"],
        ),
        ({"q3_point_scale": "3.67"}, []),
        ({"q3_point_scale": "3.66"}, ["280.15-a2:mean-mismatch"]),
    ],
)  # fmt: skip
def test_each_defect_is_found_and_nothing_else(cells: dict[str, str], rules: list[str]) -> None:
    assert rules_of(a_row(**cells)) == rules


@pytest.mark.proves("280.16-a4", "280.16-a3")
@pytest.mark.parametrize(
    ("created_on", "late"),
    [(date(2022, 7, 29), False), (date(2022, 7, 30), True)],
)
def test_lateness_is_measured_on_the_date_that_wins(created_on: date, late: bool) -> None:
    assert rules_of(a_row(), created_on) == (["280.16-a3:late"] if late else [])


@pytest.mark.proves("280.15-a2")
@given(st.lists(st.integers(0, 10_000), min_size=5, max_size=5))
def test_a_mean_is_the_sum_of_points_over_answers_half_up(counts: list[int]) -> None:
    mean = mean_of(tuple(counts))

    answered = sum(counts)
    if answered == 0:
        assert mean is None
    else:
        exact = sum(k * n for k, n in enumerate(counts, 1)) / answered
        assert mean is not None
        assert abs(Decimal(exact) - mean) <= Decimal("0.0050000001")


def test_halves_round_up_as_they_were_published() -> None:
    assert mean_of((0, 0, 0, 3, 5)) == Decimal("4.63")  # 4.625


@given(st.dictionaries(st.sampled_from(COLUMNS_92), st.text(max_size=60)))
def test_no_row_with_a_quarter_is_too_broken_to_read(cells: dict[str, str]) -> None:
    row = a_row(**{**cells, "collection_year": "2022", "collection_quarter": "3"})

    assert isinstance(rules_of(row), list)
