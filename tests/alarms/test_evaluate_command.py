"""`cx280 evaluate`: a CSV file and the day of a change in, a verdict with its interval out."""

import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cx280.kernel.problem import Unusable
from cx280.site.command_line import commands


def run(*arguments: object) -> Result:
    return CliRunner().invoke(commands(), ["evaluate", *map(str, arguments)])


@pytest.fixture
def rates(tmp_path: Path) -> Path:
    """A rate of 300 a day that rises by eight points on May 1, newest first."""
    chance = random.Random(280)
    lines = []
    for at in range(110):
        day = date(2024, 3, 1) + timedelta(at)
        share = 0.78 if day >= date(2024, 5, 1) else 0.70
        good = sum(chance.random() < share for _ in range(300))
        lines.append(f"{day},{good / 300:.4f},300")
    file = tmp_path / "rates.csv"
    file.write_text("timestamp,value,n\n" + "\n".join(reversed(lines)), encoding="utf-8")
    return file


@pytest.mark.proves("280.7-j3")
def test_the_verdict_comes_with_effect_interval_n_and_caveat(rates: Path) -> None:
    text = run(rates, "--changed-on", "2024-05-01", "--kind", "rates", "--of", "completion")
    told = json.loads(run(rates, "--changed-on", "2024-05-01", "--kind", "rates", "--json").stdout)

    assert text.stdout.startswith("It got better after May 1, 2024: completion changed by +")
    assert "Whatever else happened at the same time is part of this effect." in text.stdout
    assert told["verdict"] == "better"
    assert told["low"] < 0.08 < told["high"]
    assert told["before"] + told["after"] + told["closed"] == 110


def test_too_early_is_refused_with_the_day_to_come_back(rates: Path) -> None:
    problem = run(rates, "--changed-on", "2024-06-15", "--kind", "rates").exception

    assert isinstance(problem, Unusable)
    assert "14 from then on are needed" in str(problem)
    assert "Evaluate again from 2024-06-" in problem.fix
