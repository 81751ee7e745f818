"""Standard pages read facts: no lake, as few questions for a quarter as for a week, and say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.dashboards.queries.digital import chosen, one_flow
from cx280.services.models import Service
from cx280.telemetry.models import Counting, DayFacts
from cx280.telemetry.queries import answers
from cx280.telemetry.rules.fact_types import SEEN, SeenFacts, SiteSeen, TypeSeen
from cx280.telemetry.rules.facts import (
    ALL,
    FUNNELS,
    SPEED,
    TOTALS,
    WAYS,
    Figure,
    Figures,
    FlowFacts,
    Reached,
    SpeedFacts,
    StepSeen,
    Timed,
    WayFacts,
    packed,
)
from cx280.telemetry.rules.histograms import from_values
from cx280.telemetry.rules.periods import Period
from tests.builders import a_person, a_service, an_agency
from tests.telemetry.builders import a_metric, a_site

ONLINE = "/measures/boat-permits/digital/"
OTHERS = "/telemetry/boat-permits/"
PAGES = [
    *(ONLINE + each for each in ("?", "flows/apply/?", "speed/?", "ways/?", "explore/?",
                                 "explore/?by=page&", "explore/?grain=day&by=page&", "time/?")),
    *(OTHERS + each for each in ("plan/?", "practices/?")),
]  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture
def lake(tmp_path: Path, settings: Settings) -> Path:
    """The log of a lake that nothing can read: whoever asks it fails."""
    settings.CX280_LAKE, settings.CX280_ENGINE = str(tmp_path / "lake"), "nobody://here"
    log = tmp_path / "lake/events/_delta_log"
    log.mkdir(parents=True)
    return log


@pytest.fixture
def service(lake: Path) -> Service:
    """A service of which nothing is counted yet."""
    return a_service(an_agency("rivers"), code="boat-permits", name="Boat permits")


@pytest.fixture
def lead(service: Service) -> Person:
    """The CX lead of the service's agency."""
    return a_person(Role.CX_LEAD, service.owner)


def a_flow_day(started: int, order: tuple[str, ...] = ("boat", "pay")) -> FlowFacts:
    """Half of those who start reach each step and the end, in 20 seconds each."""
    half = started // 2
    took = Timed(20.0, 20.0, from_values([20.0] * half))
    steps = tuple(StepSeen(step, half, float(at * half)) for at, step in enumerate(order, 1))
    reached = tuple(Reached(each, half, took) for each in (*order, ""))
    return FlowFacts("apply", started, half, took, steps, order, reached)


def count(service: Service, day: date, flow: FlowFacts) -> None:
    """Keeps every part of a day that a page may read."""
    view = Figure(-1, "page_view", ALL, "/apply", 90, visits=40)
    whole = Figure(-1, ALL, ALL, "/apply", 90, visits=40)
    together = Figure(-1, ALL, ALL, "", 90, visits=40)
    loads = SpeedFacts("/apply", "lcp", 40, 40, 0, 900.0, from_values([900.0] * 40))
    bodies: dict[str, object] = {
        TOTALS: Figures(whole=(together,)),
        "page": Figures(kinds=(view,), whole=(whole,)),
        FUNNELS: (flow,),
        SPEED: (loads,),
        WAYS: (WayFacts("/", "/apply", 30),),
        SEEN: SeenFacts((TypeSeen("page_view", "", "", "", 90),), (SiteSeen("boats", 90, 1),)),
    }
    DayFacts.objects.bulk_create(
        DayFacts(service=service, day=day, part=part, body=packed(body), events=90, read=90,
                 counted_at=timezone.now())
        for part, body in bodies.items()
    )  # fmt: skip


def a_quarter(service: Service) -> None:
    """The last 91 days, all alike, and everything counted."""
    today = timezone.localdate()
    for at in range(91):
        count(service, today - timedelta(days=at), a_flow_day(40))
    Counting.objects.create(finished_at=timezone.now() + timedelta(minutes=1))


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("page", PAGES)
def test_a_standard_page_opens_no_lake_and_asks_no_more_of_a_quarter_than_of_a_week(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, page: str
) -> None:
    a_quarter(service)
    client = sign_in(lead)
    client.get(f"{page}days=7")

    with CaptureQueriesContext(connection) as of_a_week:
        week = client.get(f"{page}days=7")
    with CaptureQueriesContext(connection) as of_a_quarter:
        quarter = client.get(f"{page}days=91")

    assert (week.status_code, quarter.status_code) == (200, 200)
    assert len(of_a_quarter) == len(of_a_week) <= 40


def test_the_page_of_a_site_opens_no_lake(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    a_quarter(service)
    site = a_site(service, key="boats", enabled=True)

    page = said(sign_in(lead), f"{OTHERS}sites/{site.pk}/")

    assert "Yes: 2,700 in the last 30 days" in page


def test_a_quarter_adds_up_from_its_days(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    a_quarter(service)
    client = sign_in(lead)

    digital, flow = said(client, f"{ONLINE}?days=91"), said(client, f"{ONLINE}flows/apply/?days=7")

    assert "50 % of 3,640 visits finished it" in digital
    assert "1 in 2 who start never reach Boat" in flow
    assert "280 visits · 100 %" in flow
    assert "half of the rest within 20 s" in flow
    assert "Counted up to" in flow


def test_before_anything_came_the_page_says_how_to_make_it_come(
    sign_in: Callable[[Person], Client], lead: Person, lake: Path
) -> None:
    lake.rmdir()

    page = said(sign_in(lead), ONLINE)

    assert "Nothing has been told by a website of Boat permits" in page
    assert "Sites of this service" in page
    assert "Counted up to" not in page


@pytest.mark.parametrize("path", ["", "speed/", "ways/", "flows/apply/"])
def test_while_first_events_are_being_counted_the_page_says_so(
    sign_in: Callable[[Person], Client], lead: Person, path: str
) -> None:
    page = said(sign_in(lead), ONLINE + path)

    assert "Events have come in, and are being counted." in page


def test_a_page_says_up_to_when_it_is_counted(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    a_quarter(service)
    now = timezone.localtime()
    behind = now.replace(hour=10, minute=42) - timedelta(days=1)
    client = sign_in(lead)

    current = said(client, ONLINE)
    Counting.objects.update(behind_since=behind)
    others = said(client, ONLINE)
    DayFacts.objects.update(counted_at=behind - timedelta(minutes=1))
    later = said(client, ONLINE)

    assert "What came in since" not in current
    assert f"Counted up to {now:%-I:%M %p}. What came in since" in others
    assert f"Counted up to {behind:%b} {behind.day}, 10:42 AM. What came in since" in later


def the_last(days: int) -> Period:
    return chosen({"days": str(days)}, timezone.localdate(), "America/New_York").period


def test_days_with_other_steps_are_left_out_of_the_funnel_and_the_page_says_since_when(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    today = timezone.localdate()
    changed = today - timedelta(days=3)
    for at in range(7):
        day = today - timedelta(days=at)
        count(service, day, a_flow_day(40, ("boat", "pay") if day >= changed else ("old",)))

    found = one_flow(service, "apply", the_last(7), 10).row
    page = said(sign_in(lead), f"{ONLINE}flows/apply/?days=7")

    assert found.answer is not None
    assert (found.done.thing.started, found.answer.since) == (280, changed)
    start = found.answer.stages[0].reached
    assert start is not None
    assert start.n == 160
    assert f"counts visits from {changed:%A, %B} {changed.day}" in page


def test_where_few_started_with_other_steps_their_number_does_not_follow(service: Service) -> None:
    today = timezone.localdate()
    count(service, today, a_flow_day(40))
    count(service, today - timedelta(days=1), a_flow_day(4, ("old",)))

    told = answers.flows_told(service.pk, the_last(7))
    (thing,) = answers.things(told, 10)
    funnel = answers.flow_answer(told, "apply", 10)

    assert thing.thing.started == 40
    assert funnel.stages[0].reached is not None
    assert funnel.stages[0].reached.n == 40


@pytest.mark.proves("280.4-e1")
def test_an_end_that_was_told_without_a_start_is_an_outcome_all_the_same(service: Service) -> None:
    today = timezone.localdate()
    count(service, today, FlowFacts("apply", 40, 0, order=(), reached=(Reached("", 0),)))
    period = the_last(7)

    before = answers.things(answers.flows_told(service.pk, period), 10)
    ended = Figure(-1, "transaction_complete", ALL, "apply", 12, visits=12)
    DayFacts.objects.create(
        service=service, day=today - timedelta(days=60), part="flow",
        body=packed(Figures(kinds=(ended,))), events=12, read=12, counted_at=timezone.now(),
    )  # fmt: skip
    after = answers.things(answers.flows_told(service.pk, period), 10)

    assert before[0].completion.finished is None
    assert after[0].completion.finished is not None
    assert (after[0].completion.finished.part, after[0].completion.finished.n) == (0, 40)


def test_the_plan_says_that_what_it_counts_arrives(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    a_metric(service, kind="page_view", flow="")
    a_quarter(service)

    assert "arriving" in said(sign_in(lead), f"{OTHERS}plan/")
