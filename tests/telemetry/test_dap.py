"""Exports of counts are read as they are: newest first, numbers as text, gaps and `(other)`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.telemetry.rules.dap import Count, Reconciliation, read_counts

DEVICES = b"""date,device,visits
2024-01-04,mobile,21
2024-01-04,(other),7
2024-01-03,mobile,24
"""


def totals_of(found: Reconciliation) -> int:
    return found.kept + found.empty + found.repeated + found.malformed


def test_rows_newest_first_come_out_oldest_first_with_other_named_as_it_is() -> None:
    found = read_counts(DEVICES, "devices.csv")

    assert found.counts == [
        Count("devices", "2024-01-03", "device", "mobile", "visits", 24.0),
        Count("devices", "2024-01-04", "device", "(other)", "visits", 7.0),
        Count("devices", "2024-01-04", "device", "mobile", "visits", 21.0),
    ]


def test_hours_as_text_have_their_place_and_the_hour_other_has_its_day() -> None:
    document = {
        "name": "last-48-hours",
        "query": {"dimensions": [{"name": "date"}, {"name": "hour"}], "metrics": [{"name": "s"}]},
        "data": [
            {"date": "2024-01-05", "hour": "(other)", "visits": "9"},
            {"date": "2024-01-05", "hour": "8", "visits": "5"},
            {"date": "2024-01-05", "hour": "24", "visits": "5"},
        ],
        "totals": {"visits": 14},
        "taken_at": "2024-01-05T16:06:00Z",
    }

    found = read_counts(json.dumps(document).encode(), "x.json")

    assert [(each.at, each.dimension, each.value) for each in found.counts] == [
        ("2024-01-05", "hour", "(other)"),
        ("2024-01-05T08:00", "", ""),
    ]
    assert found.first_malformed == [(2, "an hour that does not exist")]


def test_an_export_of_totals_alone_covers_the_span_its_query_asked_for() -> None:
    document = {
        "name": "devices",
        "query": {"dateRanges": [{"startDate": "30daysAgo", "endDate": "yesterday"}]},
        "totals": {"visits": 10, "by_device": {"mobile": 6, "(other)": 4}},
        "taken_at": "2024-03-11T13:59:08.677Z",
    }

    found = read_counts(json.dumps(document).encode(), "x.json")

    assert {each.at for each in found.counts} == {"2024-02-10/2024-03-10"}
    assert {(each.dimension, each.value, each.number) for each in found.counts} == {
        ("", "", 10.0), ("device", "mobile", 6.0), ("device", "(other)", 4.0),
    }  # fmt: skip


def test_a_report_of_this_moment_stands_at_the_moment_it_was_taken() -> None:
    document = {"name": "realtime", "query": {}, "data": [{"activeUsers": "12", "pageviews": "60"}],
                "taken_at": "2024-11-20T16:06:58.795Z"}  # fmt: skip

    found = read_counts(json.dumps(document).encode(), "x.json")

    assert [(each.at, each.metric, each.number) for each in found.counts] == [
        ("2024-11-20T16:06", "activeUsers", 12.0), ("2024-11-20T16:06", "pageviews", 60.0),
    ]  # fmt: skip


def test_a_top_list_has_several_groups_several_metrics_and_the_span_it_is_told() -> None:
    content = b"domain,page,pageviews,bounce_rate\na.gov,a.gov/x,10,0.5\n"

    found = read_counts(content, "top-pages-30-days.csv", covers="2023-12-05/2024-01-04")

    assert {(each.dimension, each.value, each.metric, each.number) for each in found.counts} == {
        ("domain × page", "a.gov · a.gov/x", "pageviews", 10.0),
        ("domain × page", "a.gov · a.gov/x", "bounce_rate", 0.5),
    }
    assert {each.at for each in found.counts} == {"2023-12-05/2024-01-04"}


def test_a_column_of_versions_names_groups_though_it_looks_like_numbers() -> None:
    found = read_counts(b"date,os_version,visits\n2024-01-04,10,5\n2024-01-04,11,6\n", "v.csv")

    assert [(each.value, each.number) for each in found.counts] == [("10", 5.0), ("11", 6.0)]


def test_a_long_table_names_its_metric_in_each_row_and_an_empty_cell_is_a_gap() -> None:
    content = b"product,metric,week,value\nclaims,users,2016-11-20,\nclaims,users,2016-11-27,12.0\n"

    found = read_counts(content, "weekly.csv")

    assert found.counts == [Count("weekly", "2016-11-27", "product", "claims", "users", 12.0)]
    assert (found.rows, found.kept, found.empty) == (2, 1, 1)


def test_an_empty_group_is_not_set_rather_than_everybody() -> None:
    found = read_counts(b"date,os,visits\n2024-01-04,,5\n2024-01-04,iOS,6\n", "os.csv")

    assert found.counts[0].value == "(not set)"


def test_rows_that_cannot_be_read_are_counted_with_their_line_and_reason() -> None:
    content = DEVICES + b"2024-02-30,mobile,4\n2024-01-02,mobile\n2024-01-02,mobile,many\n"

    found = read_counts(content, "devices.csv")

    assert [line for line, _ in sorted(found.first_malformed)] == [5, 6, 7]
    assert totals_of(found) == found.rows == 6


def test_a_row_said_twice_counts_once_and_one_that_disagrees_is_refused() -> None:
    content = DEVICES + b"2024-01-03,mobile,24\n2024-01-03,mobile,25\n"

    found = read_counts(content, "devices.csv")

    assert (found.kept, found.repeated, found.malformed) == (3, 1, 1)
    assert found.counts[0].number == 24.0


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"{", b"[]", b"a,a\n1,2\n", b"date,visits\n", b'{"data": 4}']
)
def test_what_is_no_export_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(Unusable):
        read_counts(content, "x.csv")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        found = read_counts(content, "x.csv")
    except Unusable:
        return
    assert totals_of(found) == found.rows


@given(st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda below: st.lists(below, max_size=3)
    | st.dictionaries(st.sampled_from(["data", "totals", "query", "date", "dateRanges", "a"]),
                      below, max_size=3),
    max_leaves=12,
))  # fmt: skip
def test_any_json_is_read_or_refused(document: object) -> None:
    try:
        found = read_counts(json.dumps(document).encode(), "x.json")
    except Unusable:
        return
    assert totals_of(found) == found.rows


@given(st.dictionaries(
    st.tuples(st.dates(), st.sampled_from(["mobile", "(other)", "smart tv"])),
    st.integers(0, 10**12), min_size=1,
))  # fmt: skip
def test_every_number_of_an_export_is_kept_once(numbers: dict[tuple[object, str], int]) -> None:
    file = io.StringIO()
    csv.writer(file).writerows(
        [("date", "device", "visits"), *((day, name, n) for (day, name), n in numbers.items())]
    )

    found = read_counts(file.getvalue().encode(), "devices.csv")

    assert sum(each.number for each in found.counts) == sum(numbers.values())
    assert len(found.counts) == len(numbers)


@pytest.mark.realdata
def test_every_row_of_the_real_exports_is_kept(real_data: Path) -> None:
    files = [*real_data.glob("dap/**/*.csv"), *real_data.glob("dap/**/*.json")]
    files += [*real_data.glob("va/*.csv"), *real_data.glob("nasa/*.csv")]
    assert files

    for each in files:
        found = read_counts(each.read_bytes(), each.name)

        assert found.malformed == 0, each
        assert found.kept + found.empty == found.rows, each
        assert all(count.metric for count in found.counts), each


@pytest.mark.realdata
@pytest.mark.parametrize("agency", ["live", "education", "veterans-affairs"])
def test_the_real_devices_of_a_day_sum_to_what_an_independent_reading_gives(
    real_data: Path, agency: str
) -> None:
    path = real_data / "dap" / agency / "devices.csv"
    with path.open(encoding="utf-8") as file:
        expected = sum(int(row["visits"]) for row in csv.DictReader(file))

    found = read_counts(path.read_bytes(), path.name)

    assert sum(each.number for each in found.counts) == expected
