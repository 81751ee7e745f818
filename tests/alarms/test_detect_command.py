"""`cx280 detect`: a CSV file in, alarms and scores out, without Django."""

import csv
import json
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cx280.kernel.problem import Unusable
from cx280.site.command_line import commands

NOISE = random.Random(280).choices(range(40), k=90)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands(), ["detect", *map(str, arguments)])


def refused(file: Path) -> str:
    problem = run(file).exception
    assert isinstance(problem, Unusable)
    return str(problem)


@pytest.fixture
def daily(tmp_path: Path) -> Path:
    """Ninety days, newest first, one of which is far too low."""
    days = [datetime(2024, 3, 1, tzinfo=UTC) + timedelta(days=at) for at in range(90)]
    lines = [f"{day:%Y-%m-%d},{120 if at == 75 else 1000 + NOISE[at]}"
             for at, day in enumerate(days)]  # fmt: skip
    file = tmp_path / "daily.csv"
    file.write_text("timestamp,value\n" + "\n".join(reversed(lines)) + "\n", encoding="utf-8")
    return file


def test_the_low_day_is_told_in_words_and_as_json(daily: Path) -> None:
    text, told = run(daily), json.loads(run(daily, "--json").stdout)

    assert "- 120 on May 15, 2024, where " in text.stdout
    assert text.stdout.endswith("1 alarm in 90 rows.\n")
    assert (told["rows"], told["step_seconds"]) == (90, 86_400)
    assert [each["timestamp"] for each in told["alarms"]] == ["2024-05-15"]


def test_scores_are_written_in_the_order_and_words_of_the_file(daily: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"

    run(daily, "--scores", out)

    with out.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    given = daily.read_text(encoding="utf-8").split()[1:]
    assert [f"{row['timestamp']},{row['value']}" for row in rows] == given
    assert max(rows, key=lambda row: float(row["anomaly_score"]))["timestamp"] == "2024-05-15"
    assert all(0 <= float(row["anomaly_score"]) < 1 for row in rows)


def test_an_empty_value_is_missing_and_scores_nothing(daily: Path, tmp_path: Path) -> None:
    daily.write_text(daily.read_text(encoding="utf-8").replace(",120", ","), encoding="utf-8")

    assert "Nothing unusual in 90 rows." in run(daily).stdout


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("timestamp,value\n2024-01-01,1\nyesterday,2\n", "Line 3: “yesterday”"),
        ("timestamp,value\n2024-01-01,1\n2024-01-02,many\n", "“many” in column value"),
        ("timestamp,value\n2024-01-01,1\n", "has 1 rows"),
        ("timestamp\n2024-01-01\n2024-01-02\n", "has one column"),
        ("timestamp,value\n2024-01-01,1\n2024-01-02T00:00:00Z,1\n", "with a zone"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(tmp_path: Path, written: str, said: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(written, encoding="utf-8")

    assert said in refused(file)


def test_months_are_months(tmp_path: Path) -> None:
    file = tmp_path / "monthly.csv"
    months = [f"{2015 + at // 12}-{at % 12 + 1:02}" for at in range(84)]
    numbers = [90 if at == 63 else 1000 + NOISE[at] for at in range(84)]
    rows = "\n".join(f"{month},{number}" for month, number in zip(months, numbers, strict=True))
    file.write_text(f"month,complaints\n{rows}\n", encoding="utf-8")

    assert "- 90 in April 2020, where " in run(file).stdout


def test_it_starts_no_django(daily: Path) -> None:
    script = (
        "import sys; from cx280.site.command_line import commands; "
        f"commands()(['detect', {str(daily)!r}], standalone_mode=False); "
        "assert 'django' not in sys.modules and 'scipy.stats' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


def test_a_replay_shows_what_each_choice_would_have_told(daily: Path) -> None:
    text, told = run(daily, "--replay"), json.loads(run(daily, "--replay", "--json").stdout)

    assert text.stdout.startswith("One false alarm in about")
    assert "- (a quarter) 120 on May 15, 2024, where " in text.stdout
    counted = [each["told"] for each in told["choices"]]
    assert [each["false_alarm"] for each in told["choices"]] == ["a week", "a month", "a quarter"]
    assert counted == sorted(counted, reverse=True)
    assert told["choices"][1]["told_a_month"] == pytest.approx(counted[1] / 3, abs=0.01)


def test_counts_are_told_with_their_own_noise(daily: Path) -> None:
    told = json.loads(run(daily, "--counts", "--json").stdout)
    replayed = json.loads(run(daily, "--counts", "--replay", "--json").stdout)

    low = next(each for each in told["alarms"] if each["timestamp"] == "2024-05-15")
    assert low["value"] < low["low"]
    assert low["since"] == "2024-05-15"
    assert low["explanation"].startswith("120 visits on May 15, 2024, where ")
    assert "2024-05-15" in {each["timestamp"] for each in replayed["alarms"]}


def test_scores_of_counts_are_refused(daily: Path, tmp_path: Path) -> None:
    problem = run(daily, "--counts", "--scores", tmp_path / "out.csv").exception

    assert isinstance(problem, Unusable)
    assert "Leave out --scores" in (problem.fix or "")
