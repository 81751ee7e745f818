"""`cx280 estimate` answers from any CSV file, equals R, and says in a sentence what it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from cx280.kernel.problem import Unusable
from cx280.measures.commands import estimate

ROWS = """score,again,office,weight,area,areas,asked,quarter
5,yes,A,10,north,40,6,Q1
4,yes,A,10,north,40,7,Q1
2,no,B,10,north,40,5,Q1
NA,,B,10,north,40,4,Q1
3,no,C,30,south,30,8,Q2
5,yes,C,30,south,30,3,Q2
1,no,D,30,south,30,4,Q2
4,yes,D,30,south,30,6,Q2
"""


@pytest.fixture
def survey(tmp_path: Path) -> Path:
    file = tmp_path / "survey.csv"
    file.write_text(ROWS, encoding="utf-8-sig")
    return file


def run(file: Path, *options: str) -> str:
    found = CliRunner().invoke(estimate, [str(file), *options], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


def figures(file: Path, *options: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(run(file, *options, "--json"))
    return document


def test_a_plain_mean_has_exactly_the_promised_keys(survey: Path) -> None:
    found = figures(survey, "--measure", "score")

    assert list(found) == ["n", "mean", "se", "low", "high", "deff"]
    assert found["n"] == 7
    assert found["mean"] == pytest.approx(24 / 7)
    assert found["deff"] == pytest.approx(1, abs=0.2)


def test_a_sample_that_was_not_described_is_called_what_it_is(survey: Path) -> None:
    plain = run(survey, "--measure", "score")
    described = run(survey, "--measure", "score", "--weights", "weight")

    assert "no margin of sampling error" in plain
    assert "no margin of sampling error" not in described
    assert "n 7" in plain
    assert "95% interval" in plain


@pytest.mark.parametrize(
    ("options", "keys"),
    [
        (["--measure", "score", "--total"], ["n", "total", "se", "low", "high", "deff"]),
        (["--measure", "score", "--ratio", "asked"], ["n", "ratio", "se", "low", "high"]),
        (["--measure", "score", "--quantile", "0.5"], ["n", "quantiles"]),
        (["--measure", "again", "--proportion"], ["n", "shares"]),
        (["--measure", "again", "--proportion", "--value", "yes"],
         ["n", "share", "se", "low", "high", "deff"]),
        (["--measure", "again", "--count"], ["n", "counts"]),
        (["--measure", "score", "--by", "area"], ["by", "groups"]),
        (["--measure", "score", "--regress", "asked"], ["n", "df", "coefficients"]),
        (["--measure", "score", "--by", "area", "--compare"],
         ["n", "first", "second", "difference", "se", "low", "high", "t", "df", "p"]),
        (["--measure", "again", "--proportion", "--by", "area", "--compare"],
         ["n", "f", "df", "p"]),
        (["--measure", "score", "--by", "quarter", "--change", "Q1,Q2"],
         ["n", "before", "after", "change", "se", "low", "high", "verdict"]),
        (["--measure", "again", "--proportion", "--value", "yes", "--by", "quarter",
          "--change", "Q1,Q2"],
         ["n", "before", "after", "change", "se", "low", "high", "verdict"]),
        (["--measure", "score", "--replicates", "jackknife"], ["n", "mean", "se", "low", "high"]),
        (["--measure", "score", "--total", "--replicates", "bootstrap", "--times", "50"],
         ["n", "total", "se", "low", "high"]),
        (["--measure", "score", "--ratio", "asked", "--replicates", "jackknife"],
         ["n", "ratio", "se", "low", "high"]),
        (["--measure", "again", "--proportion", "--value", "yes", "--replicates", "jackknife"],
         ["n", "share", "se", "low", "high"]),
        (["--measure", "score", "--quantile", "0.5", "--replicates", "bootstrap", "--times", "99"],
         ["quantile", "n", "value", "se", "low", "high"]),
    ],
)  # fmt: skip
def test_every_figure_has_its_keys_and_can_be_read(
    survey: Path, options: list[str], keys: list[str]
) -> None:
    assert list(figures(survey, *options)) == keys
    assert "n " in run(survey, *options)


def test_the_design_is_read_from_its_columns(survey: Path) -> None:
    plain = figures(survey, "--measure", "asked")
    designed = figures(
        survey, "--measure", "asked", "--weights", "weight", "--strata", "area",
        "--cluster", "office", "--fpc", "areas",
    )  # fmt: skip

    assert designed["mean"] == pytest.approx((10 * 22 + 30 * 21) / 160)
    assert designed["se"] != plain["se"]


def test_margins_are_given_in_full_or_in_a_file(survey: Path, tmp_path: Path) -> None:
    margin = tmp_path / "areas.csv"
    margin.write_text("area,people\nnorth,400\nsouth,600\n")

    in_full = figures(survey, "--measure", "asked", "--total", "--poststratify",
                      "area:north=400,south=600")  # fmt: skip
    in_a_file = figures(survey, "--measure", "asked", "--total", "--rake", f"area:{margin}")
    to_a_total = figures(survey, "--measure", "asked", "--total", "--calibrate", "asked=5000")

    assert in_full["total"] == pytest.approx(400 * 22 / 4 + 600 * 21 / 4)
    assert in_a_file["total"] == pytest.approx(in_full["total"])
    assert to_a_total["total"] == pytest.approx(5000)


def test_the_weights_used_can_be_kept(survey: Path, tmp_path: Path) -> None:
    kept = tmp_path / "weights.csv"

    run(survey, "--measure", "asked", "--poststratify", "area:north=400,south=600",
        "--save-weights", str(kept))  # fmt: skip

    assert kept.read_text().splitlines()[:3] == ["row,weight", "1,100.0", "2,100.0"]


def test_groups_are_named_in_words(survey: Path) -> None:
    said = run(survey, "--measure", "again", "--proportion", "--by", "area")

    assert "north, yes: share 0.666667" in said
    assert "quantile 0.5: value" in run(survey, "--measure", "score", "--quantile", "0.5")
    assert "south less north" in run(survey, "--measure", "score", "--by", "area", "--compare")
    assert "no evidence of change" in run(
        survey, "--measure", "score", "--by", "quarter", "--change", "Q1,Q2"
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--measure", "speed"], "survey.csv has no column “speed”"),
        (["--measure", "office"], "Row 1 of column office holds “A”, which is not a number"),
        (["--measure", "asked", "--weights", "score"], "Row 4 of column score is empty"),
        (["--measure", "asked", "--strata", "again"], "Row 4 of column again is empty"),
        (["--measure", "asked", "--fpc", "asked"], "Column asked: At stage 1"),
        (["--measure", "asked", "--strata", "office", "--cluster", "quarter"],
         "Column quarter: A cluster lies in two strata"),
        (["--measure", "again", "--proportion", "--value", "maybe"], "“maybe” in column again"),
        (["--measure", "asked", "--total", "--quantile", "0.5"], "one figure at a time"),
        (["--measure", "asked", "--compare"], "--compare needs --by"),
        (["--measure", "asked", "--change", "Q1,Q2"], "--change needs"),
        (["--measure", "asked", "--by", "quarter", "--change", "Q1"], "--change needs"),
        (["--measure", "asked", "--by", "quarter", "--change", "Q1,Q9"],
         "No row has “Q9” in column quarter"),
        (["--measure", "asked", "--poststratify", "area:north=400"], "area “south” is not given"),
        (["--measure", "asked", "--rake", "area:north=many,south=2"], "does not say what is known"),
        (["--measure", "asked", "--rake", "area:north=1,north=2"], "must name a category once"),
        (["--measure", "asked", "--rake", "area:nowhere.csv"], "no file nowhere.csv"),
        (["--measure", "again", "--proportion", "--replicates", "jackknife"],
         "which answer’s share"),
        (["--measure", "again", "--count", "--replicates", "jackknife"],
         "no replicates for a count"),
    ],
)  # fmt: skip
def test_what_cannot_be_estimated_is_said_in_a_sentence_that_names_the_column(
    survey: Path, options: list[str], message: str
) -> None:
    with pytest.raises(Unusable, match=message):
        run(survey, *options)


def test_a_negative_weight_names_its_column(tmp_path: Path) -> None:
    file = tmp_path / "weights.csv"
    file.write_text("score,weight\n1,2\n2,-3\n")

    with pytest.raises(Unusable, match="Column weight: Row 2 of weights holds -3"):
        run(file, "--measure", "score", "--weights", "weight")


def test_a_file_without_rows_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_text("score\n")

    with pytest.raises(Unusable, match="no rows"):
        run(file, "--measure", "score")


def test_it_leaves_with_2_and_one_sentence_and_never_starts_django(survey: Path) -> None:
    code = (
        "import sys; from cx280.site.command_line import main\n"
        "try: main()\n"
        "finally: print('django' in sys.modules)"
    )

    def start(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", code, "estimate", str(survey), *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    good, bad = start("--measure", "score", "--json"), start("--measure", "speed")

    assert good.returncode == 0
    assert good.stdout.endswith("False\n")
    assert bad.returncode == 2
    assert bad.stderr.startswith("survey.csv has no column “speed”.")
    assert "Traceback" not in bad.stderr


CLUSTERED = ["--weights", "pw", "--cluster", "dnum", "--fpc", "fpc"]
STRATIFIED = ["--weights", "pw", "--strata", "stype", "--fpc", "fpc"]
TYPES = "stype:E=4421,H=755,M=1018"
RAKED = [*CLUSTERED, "--rake", TYPES, "--rake", "sch.wide:No=1072,Yes=5122"]
# For each entry of R's figures: the file, the options, and where its figures are in the answer.
BY_COMMAND: dict[str, tuple[str, Sequence[str], str]] = {
    "clus1_mean_api00": ("apiclus1", ["--measure", "api00", *CLUSTERED], "mean se deff"),
    "clus1_total_enroll": ("apiclus1", ["--measure", "enroll", "--total", *CLUSTERED], "total se"),
    "clus1_total_stype": ("apiclus1", ["--measure", "stype", "--count", *CLUSTERED], "people se"),
    "strat_mean_api00": ("apistrat", ["--measure", "api00", *STRATIFIED], "mean se"),
    "strat_total_enroll": ("apistrat", ["--measure", "enroll", "--total", *STRATIFIED],
                           "total se"),
    "clus2_mean_api00": ("apiclus2", ["--measure", "api00", "--cluster", "dnum", "--cluster",
                                      "snum", "--fpc", "fpc1,fpc2"], "mean se"),
    "srs_mean_api00": ("apisrs", ["--measure", "api00", "--weights", "pw", "--fpc", "fpc"],
                       "mean se"),
    "strat_ratio": ("apistrat", ["--measure", "api.stu", "--ratio", "enroll", *STRATIFIED],
                    "ratio se"),
    "clus1_poststrat_total_enroll": ("apiclus1", ["--measure", "enroll", "--total", *CLUSTERED,
                                                  "--poststratify", TYPES], "total se"),
    "clus1_rake_mean_api00": ("apiclus1", ["--measure", "api00", *RAKED], "mean se"),
    "clus1_rake_total_enroll": ("apiclus1", ["--measure", "enroll", "--total", *RAKED],
                                "total se"),
    "clus1_calib_total_enroll": ("apiclus1", ["--measure", "enroll", "--total", *CLUSTERED,
                                              "--calibrate", TYPES], "total se"),
    "clus1_quantile_api00": ("apiclus1", ["--measure", "api00", *CLUSTERED, "--quantile", "0.25",
                                          "--quantile", "0.5", "--quantile", "0.75"],
                             "value low high se"),
    "clus1_by_stype": ("apiclus1", ["--measure", "api00", "--by", "stype", *CLUSTERED],
                       "mean se"),
    "clus1_prop_awards": ("apiclus1", ["--measure", "awards", "--proportion", "--value", "Yes",
                                       *CLUSTERED], "share low high"),
    "strat_ttest": ("apistrat", ["--measure", "api00", "--by", "awards", "--compare",
                                 *STRATIFIED], "t p df"),
    "clus1_raoscott": ("apiclus1", ["--measure", "sch.wide", "--proportion", "--by", "stype",
                                    "--compare", *CLUSTERED], "f df p"),
    "strat_glm": ("apistrat", ["--measure", "api00", "--regress", "ell,meals,mobility",
                               *STRATIFIED], "coefficient se"),
    "clus1_jk1_mean_api00": ("apiclus1", ["--measure", "api00", "--replicates", "jackknife",
                                          *CLUSTERED], "mean se"),
}  # fmt: skip


@pytest.mark.realdata
@pytest.mark.parametrize("name", BY_COMMAND)
def test_the_command_equals_r_to_six_digits(name: str, real_data: Path) -> None:
    expected = json.loads((real_data / "survey-api/expected_R_survey.json").read_text())[name]
    file, options, keys = BY_COMMAND[name]

    found = figures(real_data / f"survey-api/{file}.csv", *options)

    rows = next((each for each in found.values() if isinstance(each, list)
                 and isinstance(each[0], dict)), [found])  # fmt: skip
    answered = sorted(_flat([row[key] for row in rows for key in keys.split()]))
    assert answered == pytest.approx(sorted(_flat(expected)), rel=5e-7)


@pytest.mark.realdata
def test_the_raked_weights_equal_r(real_data: Path, tmp_path: Path) -> None:
    kept = tmp_path / "weights.csv"

    run(real_data / "survey-api/apiclus1.csv", "--measure", "api00", *RAKED, "--save-weights",
        str(kept))  # fmt: skip

    found = [float(line.split(",")[1]) for line in kept.read_text().splitlines()[1:]]
    lines = (real_data / "survey-api/apiclus1_raked_weights.csv").read_text().splitlines()[1:]
    assert found == pytest.approx([float(line.split(",")[-1]) for line in lines], rel=1e-9)


def _flat(given: object) -> list[float]:
    if isinstance(given, dict):
        return [number for each in given.values() for number in _flat(each)]
    if isinstance(given, list):
        return [number for each in given for number in _flat(each)]
    return [] if isinstance(given, str) else [float(np.float64(str(given)))]
