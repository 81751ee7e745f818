"""Which ways people go, counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.lake.columns import EventRow
from cx280.telemetry.rules import paths
from cx280.telemetry.rules.paths import Neighbour, sides
from cx280.telemetry.rules.periods import local_days
from tests.telemetry.happened import SERVICE, an_event, ask_of, finished, started, stepped

NOON = datetime(2026, 3, 9, 16, tzinfo=UTC)
DAY = local_days(NOON.date(), NOON.date(), "America/New_York")
ASKED: dict[str, object] = {"service": SERVICE, **DAY.parameters}


def viewed(visit: str, *pages: str) -> Iterator[EventRow]:
    """A visit to these pages, a minute each."""
    for at, page in enumerate(pages):
        yield an_event(NOON + timedelta(minutes=at), visit=visit, page=page)


def around(events: list[EventRow], place: str) -> dict[int, dict[str, int]]:
    rows = ask_of(events, paths.around(of_a_flow=False), **ASKED, place=place)
    found: dict[int, dict[str, int]] = {}
    for each in msgspec.convert(rows, list[Neighbour]):
        found.setdefault(each.away, {})[each.place] = each.visits
    return found


def test_before_and_after_a_page_are_counted_from_its_first_view() -> None:
    events = [
        *viewed("a", "/", "/fees", "/fees", "/apply", "/fees"),
        *viewed("b", "/fees", "/apply"),
        *viewed("c", "/help", "/", "/search", "/x", "/fees", "/", "/y", "/z", "/far"),
        *viewed("d", "/"),
    ]

    found = around(events, "/fees")

    assert found == {
        -3: {"/": 1}, -2: {"/search": 1}, -1: {"/": 1, "/x": 1},
        0: {"/fees": 3},
        1: {"/apply": 2, "/": 1}, 2: {"/fees": 1, "/y": 1}, 3: {"/z": 1},
    }  # fmt: skip


def test_sides_tell_who_left_and_who_came_from_elsewhere() -> None:
    found = sides([
        Neighbour(0, "/fees", 10), Neighbour(1, "/apply", 6), Neighbour(1, "/", 1),
        Neighbour(-1, "/", 4),
    ])  # fmt: skip

    assert [(each.away, each.ended) for each in found[:2]] == [(-1, 6), (1, 3)]
    assert [each.away for each in found] == [-1, 1, -2, 2, -3, 3]
    assert sides([]) == []


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(st.sampled_from("abcd"), min_size=1, max_size=9), min_size=1, max_size=8))
def test_neighbours_equal_a_walk_by_hand(visits: list[list[str]]) -> None:
    events = [each for at, pages in enumerate(visits) for each in viewed(f"v{at}", *pages)]
    expected: dict[int, dict[str, int]] = {}
    for pages in visits:
        walk = [page for at, page in enumerate(pages) if at == 0 or pages[at - 1] != page]
        if "a" not in walk:
            continue
        first = walk.index("a")
        for at, page in enumerate(walk):
            if abs(at - first) <= 3:
                here = expected.setdefault(at - first, {})
                here[page] = here.get(page, 0) + 1

    assert around(events, "a") == expected


def flow(visit: str, *said: str, minutes: int = 0) -> Iterator[EventRow]:
    """A visit that starts, takes steps, has errors (!), leaves (-) and finishes (.)."""
    at = NOON + timedelta(minutes=minutes)
    yield started(at, visit)
    for each in said:
        at += timedelta(seconds=10)
        if each.startswith("!"):
            yield an_event(at, "error", name=each[1:], visit=visit, flow="permit")
        elif each == "-":
            yield an_event(at, "other", name="abandon", visit=visit, flow="permit")
        elif each == ".":
            yield finished(at, visit)
        else:
            yield stepped(at, visit, each)


def ways(events: list[EventRow], settled: datetime) -> list[tuple[Any, ...]]:
    rows = ask_of(events, paths.WAYS, **ASKED, flow="permit", settled=settled)
    return [
        (
            each["ended"],
            [each[f"place_{at}"] for at in range(1, 9) if each[f"place_{at}"]],
            each["visits"],
            each["of_ended"],
        )
        for each in rows
    ]


def test_ways_are_those_of_visits_that_ended_alike() -> None:
    events = [
        *flow("a", "boat", "pay", "."), *flow("b", "boat", "pay", "."),
        *flow("c", "boat", "!card", "boat", "pay", "."),
        *flow("d", "boat", "-"), *flow("e", "boat"), *flow("f", "boat", "!card"),
        *flow("g", "boat", "boat", minutes=50),
    ]  # fmt: skip

    found = ways(events, NOON + timedelta(minutes=40))

    assert found == [
        (0, ["(start)", "boat"], 1, 2),
        (0, ["(start)", "boat", "(left)"], 1, 2),
        (1, ["(start)", "boat", "error card"], 1, 1),
        (2, ["(start)", "boat", "pay", "(finish)"], 2, 3),
        (2, ["(start)", "boat", "error card", "boat", "pay", "(finish)"], 1, 3),
    ]


def test_of_a_long_way_eight_places_are_told_and_that_it_goes_on() -> None:
    steps = [f"s{at}" for at in range(12)]

    (row,) = ask_of(
        list(flow("a", *steps)),
        paths.WAYS,
        **ASKED,
        flow="permit",
        settled=NOON + timedelta(hours=1),
    )

    assert (row["place_1"], row["place_8"], row["goes_on"]) == ("(start)", "s6", 1)


def test_twenty_ways_of_each_ending_are_told_and_all_are_counted() -> None:
    events = [each for at in range(30) for each in flow(f"v{at}", f"s{at}", ".")]

    found = ways(events, NOON + timedelta(hours=1))

    assert len(found) == 20
    assert {each[3] for each in found} == {30}
