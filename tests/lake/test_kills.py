"""Collectors and a sealer killed at any moment lose nothing and double nothing."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kills import Run


def test_every_acknowledged_event_is_in_the_lake_once_however_often_all_are_killed(
    tmp_path: Path,
) -> None:
    """`python -m benchmarks.kills --kills 100` is the long version."""
    data = tmp_path / "data"
    data.mkdir()

    verdict = Run(data, tmp_path / "clock", seed=280).run(kills=6)

    assert verdict.is_sound, verdict
    assert verdict.commits > 1
    assert verdict.counts["kills of a collector"] == verdict.counts["kills of the sealer"] == 6
    assert verdict.counts["full disks"] > 0
    assert verdict.counts["jumps of the clock"] > 0
