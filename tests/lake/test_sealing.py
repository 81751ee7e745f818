"""From the buffer to the table: nothing lost, nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from cx280.lake.columns import EventRow
from cx280.lake.engines import DuckDB
from cx280.lake.sealing import Sealed, seal, waiting_bytes
from cx280.lake.tables import Lake
from tests.lake.rows import DAY, NOON, SECOND, event, lines


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake(tmp_path / "lake")


@pytest.fixture
def buffer(tmp_path: Path) -> Path:
    return tmp_path / "buffer"


def put(buffer: Path, worker: str, number: int, content: bytes, ending: str = "log") -> Path:
    """A file as the collector leaves it."""
    path = buffer / worker / f"{number:012}.{ending}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def ids(lake: Lake) -> list[object]:
    found = DuckDB(lake).answer('SELECT id FROM events ORDER BY "at", id')
    return [each["id"] for each in found]


def test_nothing_to_seal_is_nothing_done(buffer: Path, lake: Lake) -> None:
    assert seal(buffer, lake) == Sealed()
    put(buffer, "a", 1, b"")

    assert seal(buffer, lake) == Sealed(files=1)
    assert seal(buffer, lake) == Sealed()


def test_the_files_of_all_workers_are_sealed_and_removed(buffer: Path, lake: Lake) -> None:
    put(buffer, "a", 1, lines(event("1")))
    put(buffer, "a", 2, lines(event("2", NOON + SECOND), event("3", NOON + 2 * SECOND)))
    put(buffer, "b", 1, lines(event("4", NOON + DAY)))

    assert seal(buffer, lake) == Sealed(events=4, files=3)
    assert ids(lake) == ["1", "2", "3", "4"]
    assert list(buffer.glob("*/*.log")) == []


def test_a_file_still_being_written_is_left_alone(buffer: Path, lake: Lake) -> None:
    put(buffer, "a", 1, lines(event("1")), "open")

    assert seal(buffer, lake) == Sealed()
    assert waiting_bytes(buffer) == len(lines(event("1")))


def test_no_file_overtakes_one_still_open(buffer: Path, lake: Lake) -> None:
    slow = put(buffer, "a", 1, lines(event("1")), "open")
    put(buffer, "a", 2, lines(event("2", NOON + SECOND)))
    assert seal(buffer, lake) == Sealed()

    slow.rename(slow.with_suffix(".log"))

    assert seal(buffer, lake) == Sealed(events=2, files=2)


def test_a_file_found_again_after_its_commit_is_only_removed(buffer: Path, lake: Lake) -> None:
    path = put(buffer, "a", 1, lines(event("1")))
    content = path.read_bytes()
    seal(buffer, lake)
    path.write_bytes(content)

    assert seal(buffer, lake) == Sealed(known=1)
    assert (ids(lake), path.exists()) == (["1"], False)


def test_a_new_disk_that_counts_from_one_again_loses_nothing(buffer: Path, lake: Lake) -> None:
    put(buffer, "a", 1, lines(event("1")))
    seal(buffer, lake)
    (buffer / "identity").unlink()
    put(buffer, "a", 1, lines(event("2")))

    assert seal(buffer, lake) == Sealed(events=1, files=1)
    assert ids(lake) == ["1", "2"]


def test_an_event_sent_twice_is_kept_once(buffer: Path, lake: Lake) -> None:
    put(buffer, "a", 1, lines(event("1", page="/first"), event("1", page="/again")))
    put(buffer, "b", 1, lines(event("1", received=NOON + DAY), event("2")))

    assert seal(buffer, lake) == Sealed(events=2, files=2, repeated=2)
    assert DuckDB(lake).answer("SELECT page FROM events WHERE id = '1'") == [{"page": "/first"}]


def test_an_event_sent_again_later_is_known(buffer: Path, lake: Lake) -> None:
    put(buffer, "a", 1, lines(event("1"), event("2")))
    seal(buffer, lake)
    put(buffer, "b", 1, lines(event("1"), event("3", NOON + SECOND)))

    assert seal(buffer, lake) == Sealed(events=1, files=1, repeated=1)
    assert ids(lake) == ["1", "2", "3"]


def test_an_event_of_a_wrong_clock_is_known_across_midnight(buffer: Path, lake: Lake) -> None:
    put(buffer, "a", 1, lines(event("1", NOON + DAY // 2 - 1, skewed=True)))
    seal(buffer, lake)
    put(buffer, "a", 2, lines(event("1", NOON + DAY // 2 + SECOND, skewed=True)))

    assert seal(buffer, lake) == Sealed(files=1, repeated=1)


@pytest.mark.parametrize("first", ["ours was behind", "ours was right", "both were wrong"])
def test_an_event_sent_again_after_a_clock_was_set_is_known(
    buffer: Path, lake: Lake, first: str
) -> None:
    right = event("1")
    behind = event("1", NOON - 3 * DAY, skewed=True)
    then, now = {
        "ours was behind": (behind, right),
        "ours was right": (right, behind),
        "both were wrong": (behind, event("1", NOON, skewed=True)),
    }[first]
    put(buffer, "a", 1, lines(then))
    seal(buffer, lake)
    put(buffer, "a", 2, lines(now, event("2")))

    assert seal(buffer, lake) == Sealed(events=1, files=1, repeated=1)
    assert ids(lake) == ["1", "2"]


def test_two_sites_may_use_the_same_id(buffer: Path, lake: Lake) -> None:
    put(buffer, "a", 1, lines(event("1"), event("1", site="ssa")))

    assert seal(buffer, lake).events == 2


@pytest.mark.parametrize(
    "line",
    [b"{}", b"", b"\x00\x00", b"[1]", b'["\xff"]', lines(event("x", visitor=2**63))[:-1]],
)
def test_a_broken_line_is_set_aside_and_counted(buffer: Path, lake: Lake, line: bytes) -> None:
    put(buffer, "a", 1, lines(event("1")) + line + b"\n" + lines(event("2")))

    assert seal(buffer, lake) == Sealed(events=2, files=1, broken=1)
    assert (buffer.parent / "set-aside/a-000000000001.lines").read_bytes() == line + b"\n"


def test_a_torn_last_line_was_never_acknowledged(buffer: Path, lake: Lake) -> None:
    put(buffer, "a", 1, lines(event("1")) + lines(event("2"))[:-9])

    assert seal(buffer, lake) == Sealed(events=1, files=1)


def test_a_line_of_a_later_version_is_read_as_far_as_it_is_known(buffer: Path, lake: Lake) -> None:
    put(buffer, "a", 1, lines(event("1"))[:-2] + b',"a column of tomorrow"]\n')

    assert seal(buffer, lake) == Sealed(events=1, files=1)


def test_one_sealer_at_a_time(buffer: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    put(buffer, "a", 1, lines(event("1")))
    inside: list[Sealed] = []
    append = Lake.append

    def seal_again(self: Lake, *given: object) -> None:
        inside.append(seal(buffer, Lake(lake.address)))
        append(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Lake, "append", seal_again)

    assert seal(buffer, lake) == Sealed(events=1, files=1)
    assert inside == [Sealed()]


def test_a_store_that_refuses_loses_nothing(
    buffer: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(buffer, "a", 1, lines(event("1")))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Lake, "append", full)
        with pytest.raises(OSError, match="No space"):
            seal(buffer, lake)

    assert path.exists()
    assert seal(buffer, lake).events == 1


def test_a_sealer_far_behind_takes_a_bounded_batch_at_a_time(
    buffer: Path, lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cx280.lake.sealing._BATCH_BYTES", 1)
    rows: list[EventRow] = [event(str(each), NOON + each) for each in range(3)]
    for number, row in enumerate(rows, start=1):
        put(buffer, "a", number, lines(row))

    assert seal(buffer, lake) == Sealed(events=3, files=3)
    assert lake.version() == 3
