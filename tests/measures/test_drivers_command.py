"""`cx280 drivers`: importance for any CSV file, without Django."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cx280.kernel.problem import Unusable
from cx280.site.command_line import commands
from tests.stats.drivers.answers import columns_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    columns = {"respondent": range(400)} | columns_of(400) | {"weight": [1.0, 2.5] * 200}
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    rows[3]["ease"] = ""
    rows[4]["ease"] = "NA"
    rows[5]["ease"] = 9
    path = tmp_path / "answers.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as lines:
        writer = csv.DictWriter(lines, list(columns))
        writer.writeheader()
        writer.writerows(rows)
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands(), ["drivers", *map(str, arguments)])


def asked(file: Path, *more: str) -> dict[str, object]:
    result = run(file, "--outcome", "trust", "--drivers", "ease, speed,staff", "--json", *more)
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_json_has_importances_that_sum_to_r2(file: Path) -> None:
    found = asked(file, "--missing-codes", "9")

    drivers = found["drivers"]
    assert isinstance(drivers, list)
    assert sum(each["importance"] for each in drivers) == pytest.approx(found["r2"])
    assert {"driver", "importance", "share", "low", "high"} <= set(drivers[0])
    assert (found["n"], found["complete"], found["method"]) == (400, 397, "lmg")
    assert any("nobody is left out" in str(each) for each in found["notes"])  # type: ignore[attr-defined]


def test_options_reach_the_analysis(file: Path) -> None:
    plain = asked(file, "--missing-codes", "9")
    other = asked(file, "--missing-codes", "9", "--weights", "weight", "--method", "johnson",
                  "--missing", "complete", "--bootstrap", "100", "--seed", "3")  # fmt: skip

    assert other["method"] == "johnson"
    assert other["n"] == 397
    assert other["r2"] != plain["r2"]
    assert "100 bootstrap samples" in str(other["notes"])


def test_a_person_reads_a_table_and_what_it_does_not_say(file: Path) -> None:
    result = run(file, "--outcome", "trust", "--drivers", "ease,speed", "--missing-codes", "9")

    assert result.exit_code == 0
    assert "trust: 400 people, R²" in result.output
    assert "not what causes it" in result.output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--outcome", "joy", "--drivers", "ease"), "no column “joy”"),
        (("--outcome", "trust", "--drivers", "ease", "--missing-codes", "a"), "not codes"),
        (("--outcome", "trust", "--drivers", "trust"), "both the outcome and a driver"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    file: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    result = run(file, *arguments)

    assert isinstance(result.exception, Unusable)
    assert sentence in result.exception.message


def test_a_cell_that_is_no_number_is_named_with_its_column(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("trust,ease\n5,4\n4,good\n")

    result = run(path, "--outcome", "trust", "--drivers", "ease")

    assert isinstance(result.exception, Unusable)
    assert "has “good” in column ease, which is not a number" in result.exception.message


@pytest.mark.realdata
def test_thirty_rows_give_the_published_numbers_and_say_how_little_is_established(
    real_data: Path,
) -> None:
    expected = json.loads((real_data / "kda/expected_kda.json").read_text())["attitude"]
    names = ",".join(expected["shapley_lmg"])
    arguments = ("--outcome", "rating", "--drivers", names, "--json")

    found = json.loads(run(real_data / "kda/datasets.attitude.csv", *arguments).stdout)

    numbers = {each["driver"]: each["importance"] for each in found["drivers"]}
    assert numbers == pytest.approx(expected["shapley_lmg"], abs=1e-6)
    assert "order of the drivers is not established" in found["notes"][-1]


def test_it_starts_without_django(file: Path) -> None:
    script = (
        "import sys; from cx280.site.command_line import commands;"
        f"commands()(['drivers', {str(file)!r}, '--outcome', 'trust', '--drivers', 'ease,speed'],"
        "standalone_mode=False); assert 'django' not in sys.modules"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_a_row_that_ends_early_has_no_answer_there(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    rows = "".join(f"{1 + at % 5},{1 + at % 4}\n" for at in range(40))
    path.write_text(f"trust,ease\n{rows}5\n\n4\n")

    result = run(path, "--outcome", "trust", "--drivers", "ease", "--json")

    found = json.loads(result.stdout)
    assert (found["n"], found["complete"]) == (42, 40)


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("trust,ease\n")

    result = run(path, "--outcome", "trust", "--drivers", "ease")

    assert isinstance(result.exception, Unusable)
    assert "has no rows below its head" in result.exception.message
