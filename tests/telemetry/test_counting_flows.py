"""Flows of a day as facts: hand counts over midnight and changing clocks, orders that settle."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cx280.lake.columns import EventRow
from cx280.services.models import Service
from cx280.telemetry.actions.flows import save_flow
from cx280.telemetry.models import DayFacts, StepsSeen
from cx280.telemetry.queries import facts
from cx280.telemetry.queries.lake import ask
from cx280.telemetry.queries.orders import counted_otherwise
from cx280.telemetry.rules import questions
from cx280.telemetry.rules.facts import FUNNELS, FlowFacts
from cx280.telemetry.rules.local_days import counted_days
from tests.builders import a_service
from tests.telemetry.builders import a_flow
from tests.telemetry.happened import an_event, counted, finished, kept, started, stepped

NOW = datetime(2026, 3, 12, 18, tzinfo=UTC)
DAY = date(2026, 3, 10)
NOON = datetime(2026, 3, 10, 16, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lake(settings: Any, tmp_path: Path) -> Path:  # noqa: ANN401
    settings.DATA = tmp_path
    settings.CX280_LAKE = str(tmp_path / "lake")
    return tmp_path / "lake"


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def a_visit(
    service: Service, at: datetime, visit: str, steps: Iterable[str], *, ends: bool = False
) -> list[EventRow]:
    """A visit that starts at that moment and takes a step every ten seconds."""
    found = [started(at, visit, service=service.pk)]
    for number, step in enumerate(steps, start=1):
        found.append(stepped(at + seconds(10 * number), visit, step, service=service.pk))
    if ends:
        after = at + seconds(10 * len(found))
        found.append(finished(after, visit, service=service.pk))
    return found


def flows_on(service: Service, day: date = DAY) -> tuple[FlowFacts, ...]:
    """The flows of the service on that day."""
    return tuple(each for _, each in facts.flows(service.pk, day, day))


@pytest.mark.proves("280.7-e2")
def test_a_flow_of_a_day_equals_a_count_by_hand(lake: Path) -> None:
    service = a_service()
    rows = [
        *a_visit(service, NOON, "all", ["boat", "pay"], ends=True),
        *a_visit(service, NOON, "stops", ["boat"]),
        *a_visit(service, NOON, "leaves", []),
        *a_visit(service, NOON, "back", ["pay", "boat"], ends=True),
        *a_visit(service, NOON, "robot", ["boat"], ends=True),
    ]
    kept(lake, [r for r in rows if r.visit != "robot"])
    kept(lake, [an_event(NOON, "transaction_start", bot=True, visit="x", flow="permit",
                         service=service.pk)])  # fmt: skip

    counted(NOW)

    (flow,) = flows_on(service)
    assert (flow.flow, flow.started, flow.finished) == ("permit", 4, 2)
    assert (flow.took.median, flow.took.spread.n) == (30.0, 2)
    assert [(each.step, each.visits, each.places) for each in flow.steps] == [
        ("boat", 3, 4.0), ("pay", 2, 3.0),
    ]  # fmt: skip
    assert flow.order == ("boat", "pay")
    assert [(each.step, each.visits, each.took.median) for each in flow.reached] == [
        ("boat", 3, 10.0), ("pay", 1, 10.0), ("", 1, 10.0),
    ]  # fmt: skip


def test_one_day_agrees_with_the_older_questions(lake: Path) -> None:
    service = a_service()
    rows: list[EventRow] = []
    for number in range(40):
        taken = ["boat", "pay", "send"][: number % 4]
        at = NOON + seconds(97 * number)
        rows += a_visit(service, at, f"v{number}", taken, ends=number % 4 == 3 and number % 8 > 3)
    kept(lake, rows)
    days = counted_days(DAY, DAY, "America/New_York")
    about = {"service": service.pk, "flow": "permit", "start": days.start, "end": days.end,
             "first_day": days.start.date(), "last_day": days.end.date()}  # fmt: skip
    named = {"step_1": "boat", "step_2": "pay", "step_3": "send"}
    settled = {"settled": days.end, "within": 1800.0}

    counted(NOW)

    (flow,) = flows_on(service)
    about_things = {name: each for name, each in about.items() if name != "flow"}
    (thing,) = ask(questions.THINGS, **about_things, settled=days.end)
    funnel = ask(questions.funnel(3, ends=True), **about, **named, **settled)
    steps = ask(questions.STEPS, **about)
    assert (flow.started, flow.finished) == (thing["started"], thing["finished"])
    assert (flow.took.median, flow.took.p90) == (thing["median_seconds"], thing["p90_seconds"])
    assert [(each.visits, each.took.median) for each in flow.reached] == [
        (row["visits"], row["median_seconds"]) for row in funnel[1:]
    ]
    assert [(each.step, each.visits, each.place) for each in flow.steps] == [
        (row["step"], row["visits"], row["place"]) for row in steps
    ]


def test_a_visit_over_midnight_counts_on_the_day_on_which_it_began(lake: Path) -> None:
    service = a_service()
    midnight = datetime(2026, 3, 11, 4, tzinfo=UTC)
    kept(lake, [
        *a_visit(service, midnight - seconds(15), "late", ["boat", "pay"], ends=True),
        *a_visit(service, midnight + seconds(60), "late", ["boat"], ends=True),
        *a_visit(service, midnight + seconds(90), "early", ["boat"]),
    ])  # fmt: skip

    counted(NOW)

    before, after = flows_on(service), flows_on(service, date(2026, 3, 11))
    assert [(each.started, each.finished) for each in before] == [(1, 1)]
    assert [each.visits for each in before[0].reached] == [1, 1, 1]
    assert [(each.started, each.finished) for each in after] == [(1, 0)]


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 8), 23), (date(2026, 11, 1), 25), (date(2024, 2, 29), 24)]
)
def test_days_are_as_long_as_people_live_them(lake: Path, day: date, hours: int) -> None:
    service = a_service()
    days = counted_days(day, day, "America/New_York")
    moments = [days.start - seconds(1), days.start, days.end - seconds(1), days.end]
    kept(lake, [
        row for number, at in enumerate(moments)
        for row in a_visit(service, at, f"v{number}", [], ends=True)
    ])  # fmt: skip

    counted(days.end + timedelta(days=3))

    (flow,) = flows_on(service, day)
    figures = facts.figures(service.pk, day, day, "totals", hours=True, by="(all)")
    told = {each.hour: each.events for _, each in figures}
    assert (days.end - days.start) == timedelta(hours=hours)
    assert (flow.started, flow.finished) == (2, 2)
    assert told == {
        int(days.start.timestamp()): 3,  # with the end of the visit that began the day before
        int(days.end.timestamp()) - 3600: 1,  # whose end comes in the next day
    }


def test_visits_without_their_half_hour_are_left_out_and_counted_when_due(lake: Path) -> None:
    service = a_service()
    kept(lake, a_visit(service, NOON - timedelta(hours=2), "old", ["boat"]))
    kept(lake, a_visit(service, NOON - timedelta(minutes=20), "new", ["boat"]))

    counted(NOON)
    early = flows_on(service)
    due = DayFacts.objects.get(part=FUNNELS).due_at
    counted(NOON + timedelta(minutes=9))
    still = flows_on(service)
    counted(NOON + timedelta(minutes=15))

    assert [each.started for each in early] == [each.started for each in still] == [1]
    assert due == NOON + timedelta(minutes=15)
    assert [each.started for each in flows_on(service)] == [2]
    assert DayFacts.objects.get(part=FUNNELS).due_at is None


def test_the_newest_day_does_not_turn_the_order_of_four_weeks_round(lake: Path) -> None:
    service = a_service()
    for day in range(1, 5):
        kept(lake, a_visit(service, NOON - timedelta(days=day), f"v{day}", ["boat", "pay"]))
    kept(lake, a_visit(service, NOW - timedelta(hours=1), "odd", ["pay", "boat"]))

    counted(NOW)

    orders = {each.order for day in range(6, 13) for each in flows_on(service, date(2026, 3, day))}
    assert orders == {("boat", "pay")}
    assert StepsSeen.objects.get().steps == ["boat", "pay"]


def test_more_visits_that_go_another_way_change_the_order_of_all_days(lake: Path) -> None:
    service = a_service()
    kept(lake, a_visit(service, NOON - timedelta(days=1), "one", ["boat", "pay"]))
    counted(NOW)
    before = flows_on(service, date(2026, 3, 9))[0]

    for number in range(3):
        kept(lake, a_visit(service, NOON, f"v{number}", ["pay", "boat"]))
    counted(NOW)

    after = flows_on(service, date(2026, 3, 9))[0]
    assert before.order == ("boat", "pay")
    assert after.order == ("pay", "boat")
    assert [each.visits for each in before.reached] == [1, 1, 0]
    assert [each.visits for each in after.reached] == [1, 0, 0]


def test_steps_declared_in_the_registry_win_and_days_are_counted_anew(lake: Path) -> None:
    service = a_service()
    kept(lake, a_visit(service, NOON, "one", ["boat", "extra", "pay"], ends=True))
    counted(NOW)
    seen = flows_on(service)[0].order

    flow = a_flow(service, key="permit", steps=[["boat", "Your boat"], ["pay", "Payment"]])
    counted(NOW)
    declared = flows_on(service)[0]
    save_flow(flow, service, by=None, values={"steps": [["pay", "Payment"]]})
    counted(NOW)

    assert seen == ("boat", "extra", "pay")
    assert declared.order == ("boat", "pay")
    assert [each.visits for each in declared.reached] == [1, 1, 1]
    assert flows_on(service)[0].order == ("pay",)
    assert counted(NOW).parts == 0


def test_days_that_a_new_order_does_not_touch_are_marked_and_looked_at_once(lake: Path) -> None:
    service = a_service()
    for day in range(3):
        kept(lake, a_visit(service, NOON - timedelta(days=day), f"v{day}", ["boat", "pay"]))
    counted(NOW)
    a_flow(service, key="another", steps=[["boat", "Your boat"]])

    done = counted(NOW)

    assert done.parts == 0
    assert len(set(DayFacts.objects.filter(part=FUNNELS).values_list("made_with"))) == 1
    assert counted_otherwise() == ({}, {})
