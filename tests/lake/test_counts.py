"""The table of counts holds one number for each site, report, time, group and metric."""

from __future__ import annotations

from pathlib import Path

import pytest

from cx280.kernel.problem import Unusable
from cx280.lake.counts import Changed, CountRow, Counts


def row(at: str, value: str, number: float, site: str = "va", report: str = "devices") -> CountRow:
    return CountRow(site, report, at, "device", value, "visits", number)


@pytest.fixture
def counts(tmp_path: Path) -> Counts:
    return Counts(tmp_path / "lake")


def test_before_anything_is_written_there_is_nothing(counts: Counts) -> None:
    assert counts.read("va") == []
    assert counts.known().reports == {}


def test_the_same_rows_twice_change_nothing_and_make_no_version(counts: Counts) -> None:
    rows = [row("2024-01-04", "mobile", 21), row("2024-01-04", "(other)", 7)]

    first, again = counts.replace(rows), counts.replace(rows)

    assert first == Changed(2, 0, 0, 0)
    assert again == Changed(0, 0, 0, 2)
    log = Path(counts.uri) / "_delta_log"
    assert len(list(log.glob("*.json"))) == 1


def test_newer_rows_take_the_place_of_their_times_and_leave_the_others(counts: Counts) -> None:
    counts.replace([row("2024-01-03", "mobile", 1), row("2024-01-04", "mobile", 2),
                    row("2024-01-04", "tablet", 3)])  # fmt: skip

    changed = counts.replace([row("2024-01-04", "mobile", 5), row("2024-01-05", "mobile", 6)])

    assert changed == Changed(added=1, replaced=1, removed=1, unchanged=0)
    assert [(each.at, each.value, each.number) for each in counts.read("va", "devices")] == [
        ("2024-01-03", "mobile", 1.0), ("2024-01-04", "mobile", 5.0), ("2024-01-05", "mobile", 6.0),
    ]  # fmt: skip


def test_sites_and_reports_do_not_touch_each_other(counts: Counts) -> None:
    counts.replace([row("2024-01-04", "mobile", 1), row("2024-01-04", "mobile", 2, site="ed"),
                    row("2024-01-04", "mobile", 3, report="os")])  # fmt: skip

    counts.replace([row("2024-01-04", "mobile", 9)])

    assert [each.number for each in counts.read("ed")] == [2.0]
    assert counts.known().reports["va"] == ["devices", "os"]
    assert [each.number for each in counts.read("va", "os")] == [3.0]


def test_a_name_that_could_end_a_quotation_is_refused(counts: Counts) -> None:
    with pytest.raises(Unusable):
        counts.replace([row("2024-01-04", "mobile", 1, report="x' OR 'a' = 'a")])

    assert not Path(counts.uri).exists()
