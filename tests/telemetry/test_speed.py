"""A page is good when 3 in 4 loads are, and the verdict says when chance could turn that."""

from __future__ import annotations

import pytest

from cx280.kernel.problem import Unusable
from cx280.telemetry.rules.speed import Verdict, headline, verdict, written


@pytest.mark.parametrize(
    ("name", "p75", "good", "loads", "said"),
    [
        ("lcp", 2500.0, 900, 1000, Verdict.GOOD),
        ("lcp", 2501.0, 600, 1000, Verdict.NEEDS_WORK),
        ("lcp", 4000.0, 600, 1000, Verdict.NEEDS_WORK),
        ("lcp", 4001.0, 600, 1000, Verdict.POOR),
        ("inp", 501.0, 100, 1000, Verdict.POOR),
        ("cls", 0.1, 900, 1000, Verdict.GOOD),
        ("cls", 0.26, 100, 1000, Verdict.POOR),
        ("lcp", 2400.0, 76, 100, Verdict.UNSURE),
        ("lcp", 2600.0, 74, 100, Verdict.UNSURE),
        ("lcp", 100.0, 9, 9, Verdict.TOO_FEW),
    ],
)
def test_the_verdict_follows_the_bounds_unless_chance_could_turn_it(
    name: str, p75: float, good: int, loads: int, said: Verdict
) -> None:
    assert verdict(name, p75, good, loads, 10) == said


def test_other_measures_have_no_verdict() -> None:
    with pytest.raises(Unusable):
        verdict("fid", 1.0, 1, 100, 10)


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ({"/": [Verdict.POOR], "/b": [Verdict.GOOD]}, "1 of 2 pages is slow for people"),
        ({"/": [Verdict.POOR], "/b": [Verdict.NEEDS_WORK]}, "2 of 2 pages are slow for people"),
        (
            {"/": [Verdict.UNSURE]},
            "No page is surely slow; 1 of 1 is too close to call",
        ),
        ({"/": [Verdict.GOOD], "/b": [Verdict.TOO_FEW]}, "Every page is fast enough"),
        ({"/": [Verdict.TOO_FEW]}, "Too few loads to say which pages are slow"),
    ],
)
def test_the_headline_counts_pages_that_are_slow(
    verdicts: dict[str, list[Verdict]], said: str
) -> None:
    assert headline(verdicts) == said


def test_values_are_written_in_the_units_people_know() -> None:
    said = [written("lcp", 2130.0), written("inp", 180.4), written("cls", 0.081)]

    assert [each.replace("\N{NO-BREAK SPACE}", " ") for each in said] == ["2.1 s", "180 ms", "0.08"]
