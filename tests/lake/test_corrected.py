"""Ids of events with a corrected time are remembered, bounded, and through a crash."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cx280.lake.corrected import Corrected

DAY = date(2024, 2, 29)


def keys(*names: str) -> dict[tuple[str, str], date]:
    return {("irs", name): DAY for name in names}


def known(folder: Path, *names: str) -> list[str]:
    return [name for _, name in Corrected(folder, most=2).among(keys(*names))]


def test_what_was_added_is_known_to_the_next_process(tmp_path: Path) -> None:
    Corrected(tmp_path).add(keys("a", "b"))

    assert Corrected(tmp_path).among([("irs", "b"), ("irs", "c"), ("ssa", "a")]) == keys("b")


def test_a_line_that_a_crash_tore_does_not_spoil_the_next(tmp_path: Path) -> None:
    Corrected(tmp_path).add(keys("a"))
    with (tmp_path / "corrected.lines").open("ab") as file:
        file.write(b'["irs","b","2024-')

    Corrected(tmp_path).add(keys("c"))

    assert known(tmp_path, "a", "b", "c") == ["a", "c"]


def test_a_file_that_cannot_be_read_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "corrected.lines").write_bytes(b"\0\0\n")

    Corrected(tmp_path).add(keys("a"))

    assert known(tmp_path, "a") == ["a"]


def test_only_the_last_ones_are_remembered(tmp_path: Path) -> None:
    for name in "abcdefg":
        Corrected(tmp_path, most=2).add(keys(name))

    assert known(tmp_path, *"abcdefg") == ["e", "f", "g"]


def test_nothing_is_written_for_what_is_remembered_already(tmp_path: Path) -> None:
    Corrected(tmp_path).add(keys("a"))
    before = (tmp_path / "corrected.lines").read_bytes()

    Corrected(tmp_path).add(keys("a"))

    assert (tmp_path / "corrected.lines").read_bytes() == before
