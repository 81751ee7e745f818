"""Nothing is claimed that is not proved, and nothing that the catalogue does not know."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from cx280.circular.catalogue import catalogue, resolutions
from cx280.circular.implements import claims, implements
from cx280.circular.proofs import Proofs
from cx280.kernel.problem import Unusable
from cx280.site.conformance import (
    Report,
    State,
    conformance,
    load_everything,
    read_report,
    report_on,
)


@pytest.fixture(scope="module")
def report() -> Report:
    return read_report()


def test_every_claim_is_proved_and_every_id_exists(report: Report) -> None:
    assert report.tests_found
    assert not report.problems, "\n".join(report.problems)


def test_every_requirement_and_resolution_has_its_row(report: Report) -> None:
    assert [row.id for row in report.rows] == [*catalogue(), *resolutions()]
    assert sum(list(report.totals().values())[1:]) == report.totals()["rows"] == 269


def test_a_claim_without_a_proof_is_a_problem() -> None:
    found = report_on({"280.10-g2": ["cx280.surveys.long"]}, Proofs())

    assert found.problems == ("280.10-g2 is claimed by cx280.surveys.long, but no test proves it.",)


def test_a_claim_or_a_proof_of_an_unknown_id_is_a_problem() -> None:
    found = report_on(
        {"280.99-z1": ["cx280.x"]}, Proofs(tests={"INC-99": ["tests/test_x.py::test_y"]})
    )

    assert [problem.split(" by ")[0] for problem in found.problems] == [
        "280.99-z1 is claimed",
        "INC-99 is proved",
    ]


def test_a_proof_whose_ids_cannot_be_read_is_a_problem() -> None:
    found = report_on({}, Proofs(unreadable=["tests/test_x.py::test_y (line 3)"]))

    assert "not written out" in found.problems[0]


def test_a_module_that_cannot_be_imported_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> None:
        raise ImportError(f"no {name}")

    monkeypatch.setattr("cx280.site.conformance.importlib.import_module", fail)

    assert "so its claims are unknown: no cx280." in load_everything()[0]


def test_states_tell_proved_background_and_missing_apart() -> None:
    found = report_on(
        {"280.10-g2": ["cx280.x"]}, Proofs(tests={"280.10-g2": ["t"], "INC-07": ["t"]})
    )
    state = {row.id: row.state for row in found.rows}

    assert state["280.10-g2"] is State.PROVED
    assert state["280.fn1"] is State.REFERENCE
    assert state["280.10-g1"] is State.NOT_YET
    assert [row.id for row in found.unclaimed] == ["INC-07"]


def test_without_tests_nothing_is_shown_as_proved_and_that_is_said(tmp_path: Path) -> None:
    printed = CliRunner().invoke(conformance, ["--tests", str(tmp_path / "none")])

    assert "The tests are not beside the package" in printed.output
    assert " 0 proved" in printed.output


def test_the_command_prints_every_row_as_json() -> None:
    printed = json.loads(CliRunner().invoke(conformance, ["--json"]).output)

    assert printed["totals"]["rows"] == 269
    assert printed["resolutions"]["rows"] == 45
    assert {"id", "state", "implemented", "proved_by", "reason"} <= set(printed["rows"][0])


def test_the_command_leaves_with_1_when_claims_and_proofs_do_not_meet(tmp_path: Path) -> None:
    (tmp_path / "test_x.py").write_text('@pytest.mark.proves("INC-99")\ndef test_x(): ...\n')

    assert conformance.main(["--tests", str(tmp_path)], standalone_mode=False) == 1


def test_the_command_leaves_with_0_when_they_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "cx280.site.conformance.read_report", lambda _tests: report_on({}, Proofs())
    )

    assert conformance.main([], standalone_mode=False) == 0


def test_the_page_of_rules_names_each_id_once_with_its_cross_references() -> None:
    page = CliRunner().invoke(conformance, ["--markdown"]).output

    anchors = re.findall(r'<a id="([^"]+)">', page)
    assert anchors == [*catalogue(), *resolutions()]
    assert "See Section 200 of this Circular." in page
    assert "rescinded by M-23-22 on 2023-09-22" in page
    assert "read as 280.12" in page


def test_a_claim_names_the_code_that_makes_it(report: Report) -> None:
    due = next(row for row in report.rows if row.id == "280.16-a3")

    assert "cx280.circular.deadlines._quarter_rule" in due.implemented
    assert claims()["280.16-a3"] == list(due.implemented)


def test_a_claim_of_nothing_is_refused() -> None:
    with pytest.raises(Unusable):
        implements()
