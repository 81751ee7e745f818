"""Files of earlier quarters: everything stored, twice the same, written back without loss."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cx280.kernel.problem import Unusable
from cx280.reporting.commands import export_hisp, import_hisp
from cx280.reporting.history.actions import Reconciliation, import_rows, read_file
from cx280.reporting.models import ReportedQuestion, ReportedRow
from cx280.reporting.rules.history.columns import COLUMNS_92
from cx280.services.models import Hisp, Service
from tests.reporting.history.test_defects import a_row

pytestmark = pytest.mark.django_db


def imported(*rows: dict[str, str]) -> Reconciliation:
    """The rows, imported."""
    return import_rows(rows, actor="system")


@pytest.mark.proves("280.15-a1", "280.9-e5")
def test_a_row_makes_its_provider_and_service_and_is_stored_once() -> None:
    row = a_row(collection_organization_name="Department of Rivers")

    first, second = imported(row), imported(row)

    assert (first.new, first.unchanged) == (1, 0)
    assert (second.new, second.unchanged) == (0, 1)
    assert Hisp.objects.get().name == "Boat Office"
    assert Service.objects.get().name == "Boat permits"
    assert ReportedQuestion.objects.count() == 7


def test_a_changed_row_replaces_what_was_stored() -> None:
    imported(a_row())

    done = imported(a_row(volume_of_respondents="160"))

    assert done.changed == 1
    assert ReportedRow.objects.get().respondents == 160
    assert ReportedQuestion.objects.count() == 7


@pytest.mark.proves("280.9-e5")
def test_a_row_without_a_quarter_is_rejected_with_the_reason_and_the_rest_is_kept() -> None:
    done = imported(a_row(collection_quarter="5"), a_row(id="2"))

    assert (done.rows, done.accepted, done.rejected) == (2, 1, 1)
    assert "no quarter" in done.rejections[0]


def test_two_reports_under_one_id_are_both_kept() -> None:
    done = imported(a_row(), a_row(service_name="Mooring licenses"))

    assert done.accepted == 2
    assert ReportedRow.objects.count() == 2


def test_rows_without_an_id_are_told_apart_by_what_they_are() -> None:
    rows = [a_row(id=""), a_row(id="", channel="phone")]

    imported(*rows)
    again = imported(*rows)

    assert ReportedRow.objects.count() == 2
    assert again.unchanged == 2


def test_a_swapped_organization_is_put_right_and_counted() -> None:
    done = imported(
        a_row(
            collection_organization_name="DRT",
            collection_organization_abbreviation="Department of Rivers and Trails",
        )
    )

    assert done.findings["280.15-a1:organization-swapped"] == 1
    assert Hisp.objects.get().organization.name == "Department of Rivers and Trails"


def test_the_exchange_file_does_not_blank_what_the_published_rows_told() -> None:
    imported({**a_row(), "q1_point_scale": "3.67", "service_desc": "Permits for boats."})

    done = imported(a_row())

    assert done.unchanged == 1
    assert ReportedRow.objects.get().raw["service_desc"] == "Permits for boats."


def test_a_quarter_written_out_and_read_back_changes_nothing(tmp_path: Path) -> None:
    imported(a_row(transaction_point='After a "visit",\nat the counter', id=" 7"))
    file = tmp_path / "out.csv"

    run = CliRunner().invoke(export_hisp, ["--quarter", "FY2022 Q3", "-o", str(file)])
    again = import_rows(read_file(file), actor="system")

    assert run.exit_code == 0, run.output
    assert file.read_text(encoding="utf-8").splitlines()[0] == ",".join(COLUMNS_92)
    assert (again.unchanged, again.changed, again.new) == (1, 0, 0)


def test_a_file_of_another_kind_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "other.csv"
    file.write_text("name,age\nAda,36\n", encoding="utf-8")

    with pytest.raises(Unusable, match="not a quarterly HISP report"):
        list(read_file(file))


@pytest.mark.parametrize("content", [b"\xff\xfe\x00junk", b"", b"\x00\x01\x02,\x03"])
def test_garbage_is_refused_and_never_a_traceback(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "garbage.csv"
    file.write_bytes(content)

    with pytest.raises(Unusable):
        list(read_file(file))


@pytest.mark.realdata
@pytest.mark.proves("280.15-a1", "280.15-a2")
def test_the_four_published_quarters_are_stored_whole_and_round_trip(
    real_data: Path, tmp_path: Path
) -> None:
    source = str(real_data / "hisp" / "merged_fy2021.csv")

    first = json.loads(CliRunner().invoke(import_hisp, [source, "--json"]).output)
    second = json.loads(CliRunner().invoke(import_hisp, [source, "--json"]).output)

    with (real_data / "hisp" / "merged_fy2021.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = sum(1 for _ in csv.DictReader(file))
    assert first["rows"] == first["accepted"] == rows
    assert first["rejected"] == first["means_mismatched"] == 0
    assert first["means_checked"] > 1000
    assert second["unchanged"] == rows
    assert first["findings"] == second["findings"]
    for quarter in (1, 2, 3, 4):
        file_of = tmp_path / f"q{quarter}.csv"
        CliRunner().invoke(export_hisp, ["--quarter", f"FY2021 Q{quarter}", "-o", str(file_of)])
        again = json.loads(CliRunner().invoke(import_hisp, [str(file_of), "--json"]).output)
        assert again["unchanged"] == again["rows"] > 0
        assert again["rejected"] == 0
