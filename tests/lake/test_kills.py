"""A sealer killed at any moment loses nothing and doubles nothing."""

from __future__ import annotations

from pathlib import Path

from benchmarks.kills import run


def test_every_acknowledged_event_is_in_the_lake_once_however_often_the_sealer_is_killed(
    tmp_path: Path,
) -> None:
    verdict = run(tmp_path, kills=15, seed=280)

    assert verdict.is_sound, verdict
    assert verdict.commits > 10  # the kills found it at work
