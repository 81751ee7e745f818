"""The buffer keeps what was acknowledged, once, through crashes, full disks and jumping clocks."""

from __future__ import annotations

import errno
import os
import time
from pathlib import Path

import pytest

from cx280.lake import buffer as module
from cx280.lake.buffer import Buffer, Taken, own_buffer


def lines_in(folder: Path) -> list[bytes]:
    return [
        line
        for path in sorted(folder.glob("*/*.log"))
        for line in path.read_bytes().splitlines(keepends=True)
    ]


def numbers(folder: Path) -> list[int]:
    return [int(path.stem) for path in sorted(folder.glob("*/*.log"))]


def test_what_was_appended_stands_in_a_closed_file_after_a_roll(tmp_path: Path) -> None:
    buffer = Buffer(tmp_path, "one")

    buffer.append(b"[1]\n[2]\n")
    buffer.sync()
    buffer.roll()

    assert lines_in(tmp_path) == [b"[1]\n", b"[2]\n"]
    assert list(tmp_path.glob("*/*.open")) == []


def test_a_file_is_due_when_it_is_old_or_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    buffer = Buffer(tmp_path, "one")
    assert buffer.due_in() is None

    buffer.append(b"[1]\n")
    assert 0 < (buffer.due_in() or 0) <= module.ROLL_SECONDS
    monkeypatch.setattr(module, "ROLL_BYTES", 4)
    assert buffer.due_in() == 0
    monkeypatch.setattr(module, "ROLL_BYTES", 1 << 20)
    monkeypatch.setattr(module, "ROLL_SECONDS", 0.0)
    assert buffer.due_in() == 0
    buffer.roll()
    assert buffer.due_in() is None


def test_a_number_is_never_given_twice_even_after_files_are_sealed_and_the_clock_goes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[int] = []
    for moment in (2_000_000_000.0, 1_000_000_000.0, 0.0):  # the clock jumps back twice
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        buffer = Buffer(tmp_path, "one")
        for _ in range(3):
            buffer.append(b"[1]\n")
            buffer.roll()
            given += numbers(tmp_path)
            for path in tmp_path.glob("*/*.log"):
                path.unlink()  # sealed
        buffer.close()

    assert len(given) == 9
    assert given == sorted(set(given))


def test_a_folder_from_a_backup_goes_on_above_what_it_had_sealed(tmp_path: Path) -> None:
    buffer = Buffer(tmp_path, "one")
    buffer.append(b"[1]\n")
    buffer.roll()
    kept = (tmp_path / "one" / "next").read_text()
    time.sleep(0.02)
    buffer.append(b"[2]\n")
    buffer.roll()
    buffer.close()
    sealed = numbers(tmp_path)
    for path in tmp_path.glob("*/*.log"):
        path.unlink()

    (tmp_path / "one" / "next").write_text(kept)
    time.sleep(0.02)
    buffer = Buffer(tmp_path, "one")
    buffer.append(b"[3]\n")
    buffer.roll()

    assert numbers(tmp_path)[0] > max(sealed)


def test_a_torn_last_line_is_dropped_at_the_next_start(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "000000000007.open").write_bytes(b"[1]\n[2]\n[3")
    (folder / "000000000008.open").write_bytes(b"[never")
    (folder / "000000000009.open").write_bytes(b"")

    Buffer(tmp_path, "one")

    assert lines_in(tmp_path) == [b"[1]\n", b"[2]\n"]
    assert numbers(tmp_path) == [7]
    assert list(folder.glob("*.open")) == []


def test_a_torn_line_longer_than_a_block_is_dropped_whole(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "000000000007.open").write_bytes(b"[1]\n" + b"x" * 200_000)

    Buffer(tmp_path, "one")

    assert lines_in(tmp_path) == [b"[1]\n"]


def test_two_processes_never_share_a_folder(tmp_path: Path) -> None:
    first = own_buffer(tmp_path)

    with pytest.raises(Taken):
        Buffer(tmp_path, first.worker)
    second = own_buffer(tmp_path)

    assert second.worker != first.worker


def test_a_process_takes_over_a_folder_and_closes_what_all_dead_ones_left(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "000000000001.open").write_bytes(b"[1]\n")

    own = own_buffer(tmp_path)

    assert own.worker == "a"
    assert len(lines_in(tmp_path)) == 2


def test_the_file_of_a_living_process_is_left_alone(tmp_path: Path) -> None:
    living = own_buffer(tmp_path)
    living.append(b"[1]\n")

    own_buffer(tmp_path)

    assert len(list(tmp_path.glob("*/*.open"))) == 1


def test_a_full_disk_takes_back_what_was_not_durable_and_keeps_what_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    buffer = Buffer(tmp_path, "one")
    buffer.append(b"[1]\n")
    buffer.sync()

    def half_then_full(file: int, given: bytes) -> int:
        monkeypatch.setattr(os, "write", full)
        return write(file, bytes(given)[:2])

    def full(_file: int, _given: bytes) -> int:
        raise OSError(errno.ENOSPC, "no space")

    write = os.write
    monkeypatch.setattr(os, "write", half_then_full)
    with pytest.raises(OSError, match="no space"):
        buffer.append(b"[2]\n")
    monkeypatch.setattr(os, "write", write)
    buffer.append(b"[3]\n")
    buffer.roll()

    assert lines_in(tmp_path) == [b"[1]\n", b"[3]\n"]
    assert len(numbers(tmp_path)) == 2


def test_a_failed_sync_takes_back_what_it_was_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_file: int) -> None:
        raise OSError(errno.EIO, "input or output")

    buffer = Buffer(tmp_path, "one")
    buffer.append(b"[1]\n")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", fails)
        with pytest.raises(OSError, match="input or output"):
            buffer.sync()
    buffer.append(b"[2]\n")
    buffer.close()

    assert lines_in(tmp_path) == [b"[2]\n"]
