"""Did a change help? What the page says of a planted change, of none, of too few days."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page
from pytest_django import Settings

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.dashboards.rules.did_it_help import Answer, Day, Refusal, answered
from cx280.measures.models import DayCount
from cx280.services.models import Service
from cx280.stats.evaluation import Kind
from cx280.surveys.models import SurveyVersion
from cx280.telemetry.models import Flow, FlowChange
from cx280.telemetry.rules.facts import ALL, FUNNELS, TOTALS, Figure, Figures, FlowFacts
from tests.browser import axe_at_both_widths
from tests.builders import a_person, a_service, a_unit, an_agency
from tests.dashboards.answered import a_measured_service
from tests.site.calls import Program
from tests.telemetry.counted import part_counted

PAGE = "/measures/boat-permits/digital/change/"
API = "/digital/boat-permits/change"
FLOW = "finished:renew-permit"
DAYS, CHANGED = 140, 60  # so many days up to yesterday; so many days ago it changed
pytestmark = pytest.mark.django_db


@pytest.fixture
def service(tmp_path: Path, settings: Settings) -> Service:
    """A service whose website has told nothing yet, and a lake that does not exist."""
    settings.CX280_LAKE = str(tmp_path / "lake")
    return a_service(an_agency("rivers"), code="boat-permits", name="Boat permits")


@pytest.fixture
def lead(service: Service) -> Person:
    """The CX lead of the service's agency."""
    return a_person(Role.CX_LEAD, service.owner)


def changed_on() -> date:
    return timezone.localdate() - timedelta(days=CHANGED)


def fill(service: Service, better: float = 0.0, visits: int = 200, days: int = DAYS) -> None:
    """Days of a flow of which half of those who start finish, and `better` more since."""
    rng = np.random.default_rng(7)
    flow = Flow.objects.create(
        service=service, key="renew-permit", name="Renew a permit",
        launched_on=timezone.localdate() - timedelta(days=days),
    )  # fmt: skip
    FlowChange.objects.create(flow=flow, on=changed_on(), state="optimised", note="one page")
    for ago in range(days, 0, -1):
        day = timezone.localdate() - timedelta(days=ago)
        share = 0.5 + better * (day > changed_on())
        started = int(rng.poisson(visits))
        facts = (FlowFacts("renew-permit", started, int(rng.binomial(started, share))),)
        part_counted(service, day, FUNNELS, facts)
        whole = Figure(-1, ALL, ALL, "", 5 * started, visits=started)
        part_counted(service, day, TOTALS, Figures(whole=(whole,)))


def asked(figure: str = FLOW, on: date | None = None) -> str:
    return f"{PAGE}?figure={figure}&on={on or changed_on()}"


def said(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def title_of(page: str) -> str:
    return page.partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.proves("280.7-j3")
def test_a_planted_improvement_is_told_with_its_range_and_what_was_taken_out(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    fill(service, better=0.1)

    page = said(sign_in(lead), asked())

    assert title_of(page).startswith("More people finish “Renew a permit” since ")
    assert "points more (between " in title_of(page)
    assert "Nothing else is compared." in page
    assert "280.7-j3" in page
    assert "the season of the year cannot be taken out" in page
    assert "visits that started it before and about " in page


@pytest.mark.proves("280.7-j3")
@pytest.mark.parametrize("figure", [FLOW, "visits", "started:renew-permit"])
def test_where_nothing_changed_it_says_what_would_have_been_seen(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, figure: str
) -> None:
    fill(service)

    title = title_of(said(sign_in(lead), asked(figure)))

    assert title.startswith("It cannot be told whether more or fewer ")
    assert "would have been seen by" in title


def test_a_fall_is_told_as_a_fall(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    fill(service, better=-0.2)

    assert title_of(said(sign_in(lead), asked())).startswith("Fewer people finish")


def test_too_few_days_are_refused_with_the_day_to_come_back(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    fill(service)
    client = sign_in(lead)

    late = said(client, asked(on=timezone.localdate() - timedelta(days=6)))
    early = said(client, asked(on=timezone.localdate() - timedelta(days=DAYS - 3)))

    assert "Come back on " in late
    assert "or a later day." in early
    for page in (late, early):
        assert title_of(page) == "It cannot be told yet whether it helped"


@pytest.mark.parametrize(
    ("query", "wrong"),
    [
        ("figure=visits&on=yesterday", "“yesterday” is not a day."),
        ("figure=visits&on=", "The day of the change is missing."),
        ("figure=visits&on=2999-01-01", "That day is not over yet."),
        ("figure=visits&on=1066-10-14", "That is too long ago."),
        ("figure=luck&on=2024-05-01", "The service has no such figure."),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(
    sign_in: Callable[[Person], Client], lead: Person, query: str, wrong: str
) -> None:
    page = said(sign_in(lead), f"{PAGE}?{query}", status=422)

    assert page.count(wrong) == 2  # above the form and beside the field
    assert f'value="{query.partition("on=")[2]}"' in page


def test_before_anything_is_asked_changes_on_record_are_offered(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    fill(service)

    page = said(sign_in(lead), PAGE)

    assert title_of(page) == "Did a change help?"
    assert f"?figure=finished%3Arenew-permit&amp;on={changed_on()}" in page
    assert "“Renew a permit” one page" in page


def test_nothing_known_is_said_and_breaks_nothing(
    sign_in: Callable[[Person], Client], lead: Person
) -> None:
    client = sign_in(lead)

    for figure in ("visits", "trust", "satisfaction"):
        assert "Nothing is known of these days" in said(client, asked(figure))


def test_the_file_has_the_weeks_and_none_with_few_people(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    fill(service, better=0.3, visits=2)

    answer = sign_in(lead).get(asked() + "&table=weeks")
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert len(rows) >= 18
    assert {"too few to show"} & {each["note"] for each in rows}
    for each in rows:
        if each["n"]:
            part = float(each["seen"]) * int(each["n"])
            assert min(part, int(each["n"]) - part) > 9.9 or part < 0.1


def answers(placement: str, better: float) -> SurveyVersion:
    """Forty answers a day to a survey, half of which agree, and `better` more since."""
    version = a_measured_service(
        placement=placement, code="trails", owner=an_agency("forests"), name="Trails"
    )
    rng = np.random.default_rng(3)
    for ago in range(DAYS, 0, -1):
        day = timezone.localdate() - timedelta(days=ago)
        good = int(rng.binomial(40, 0.5 + better * (day > changed_on())))
        codes = {"5": good, "2": 40 - good}
        DayCount.objects.create(
            version=version, day=day, channel="website", completed=40,
            counts={"questions": {"trust": [40, 40, codes]}},
        )  # fmt: skip
    return version


@pytest.mark.proves("280.7-j3", "INC-44")
@pytest.mark.parametrize("placement", ["prompt", "link"])
def test_trust_is_compared_and_has_a_range_only_where_people_were_asked(
    sign_in: Callable[[Person], Client], placement: str
) -> None:
    version = answers(placement, better=0.2)
    client = sign_in(a_person(Role.CX_LEAD, version.survey.service.owner))

    page = said(client, asked("trust").replace("boat-permits", "trails"))

    assert title_of(page).startswith("More people agree that they trust Trails since ")
    assert ("(between" in title_of(page)) is (placement == "prompt")
    assert ('data-part="band"' in page) is (placement == "prompt")


def test_the_page_asks_the_database_as_often_for_many_days_as_for_few(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    fill(service)
    client = sign_in(lead)
    said(client, asked())

    with CaptureQueriesContext(connection) as of_few:
        said(client, asked())
    for ago in range(DAYS + 1, 3 * DAYS):
        day = timezone.localdate() - timedelta(days=ago)
        part_counted(service, day, FUNNELS, (FlowFacts("renew-permit", 200, 100),))
    with CaptureQueriesContext(connection) as of_many:
        said(client, asked())

    assert len(of_many) == len(of_few) <= 25


@pytest.mark.any_database
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=60, max_size=90),
    st.integers(30, 40),
)
def test_no_week_of_few_people_is_ever_shown(counts: list[tuple[int, int]], at: int) -> None:
    first = date(2025, 3, 1)
    days = [
        Day(first + timedelta(days=place), float(min(pair)), float(max(pair)))
        for place, pair in enumerate(counts)
    ]

    found = answered(days, first + timedelta(days=at), "rates", 10)

    for each in found.weeks if isinstance(found, Answer) else ():
        if not each.suppressed and each.seen is not None:
            assert not any(0 < some < 10 for some in (each.part, each.n, each.n - each.part))
        assert not (each.suppressed and each.expected is not None)


@pytest.mark.parametrize("level", [0.0, 1.0])
@pytest.mark.parametrize("kind", ["counts", "rates"])
def test_a_figure_that_never_moves_is_not_compared(kind: Kind, level: float) -> None:
    days = [
        Day(date(2025, 3, 1) + timedelta(days=at), 50 * level, 50.0 if kind == "rates" else None)
        for at in range(90)
    ]

    found = answered(days, date(2025, 4, 10), kind, 10)

    assert isinstance(found, Refusal)
    assert "was alike" in found.message


@pytest.mark.proves("280.7-j3")
def test_programs_read_the_same_answer(lead: Person, service: Service) -> None:
    fill(service, better=0.1)
    program = Program(lead)

    found = program.read(f"{API}?figure={FLOW}&on={changed_on()}")
    early = program.read(f"{API}?figure={FLOW}&on={timezone.localdate() - timedelta(days=6)}")

    assert (found["verdict"], found["unit"]) == ("better", "points")
    assert 0 < found["low"] < found["effect"] < found["high"]
    assert found["words"].startswith("More people finish “Renew a permit” since ")
    assert (early["verdict"], early["effect"]) == ("refused", None)
    assert "Come back on " in early["words"]


@pytest.mark.parametrize(
    ("query", "field"),
    [("figure=luck&on=2024-05-01", "figure"), ("figure=visits&on=2999-01-01", "on")],
)
def test_programs_are_told_the_field_at_fault(lead: Person, query: str, field: str) -> None:
    answer = Program(lead).client.get(f"/api/v1{API}?{query}")

    assert answer.status_code == 422
    assert answer.json()["field"] == field


def test_programs_get_no_range_of_people_who_chose_to_answer() -> None:
    version = answers("link", better=0.2)
    program = Program(a_person(Role.CX_LEAD, version.survey.service.owner))

    found = program.read(f"/digital/trails/change?figure=trust&on={changed_on()}")

    assert (found["verdict"], found["low"], found["high"]) == ("better", None, None)


def test_who_may_not_see_the_website_finds_nothing(
    sign_in: Callable[[Person], Client], service: Service
) -> None:
    elsewhere = a_person(Role.CX_LEAD, an_agency())
    of_an_office = a_person(Role.PROGRAM_MANAGER, a_unit(service.owner))

    for person in (elsewhere, of_an_office):
        assert sign_in(person).get(PAGE).status_code == 404
        assert Program(person).refused(f"{API}?figure=visits&on=2024-05-01")[0] == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_stands_in_nobody_s_way(
    signed_in_page: Callable[[Person], Page], lead: Person, service: Service
) -> None:
    page = signed_in_page(lead)
    page.goto(PAGE)
    assert axe_at_both_widths(page) == []
    fill(service, better=0.1)

    for path in (
        PAGE,
        asked(),
        f"{PAGE}?figure=visits&on=x",
        asked(on=timezone.localdate() - timedelta(days=6)),
    ):
        page.goto(path)
        assert axe_at_both_widths(page) == [], path
