"""How has use changed over time? The page, its files, and how it looks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.services.models import Service
from cx280.telemetry.models import Flow, FlowChange, Gap
from tests.browser import axe_at_both_widths
from tests.builders import a_person, a_service, a_unit, an_agency
from tests.telemetry.builders import a_site
from tests.telemetry.counted import days_counted

PAGE = "/measures/boat-permits/digital/time/"
DAYS = 920
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


def fill(service: Service) -> date:
    """920 days up to yesterday; from day 500 on, 40 % fewer, when the flow was changed."""
    rng = np.random.default_rng(4)
    first = timezone.localdate() - timedelta(days=DAYS)
    days = [first + timedelta(days=at) for at in range(DAYS)]
    usual = [
        300 * (0.5 if day.weekday() > 4 else 1) * (0.6 if at >= 500 else 1)
        for at, day in enumerate(days)
    ]
    visits = [int(rng.poisson(each)) for each in usual]
    days_counted(service, zip(days, visits, strict=True), "renew-permit")
    flow = Flow.objects.create(
        service=service, key="renew-permit", name="Renew a permit", launched_on=first
    )
    FlowChange.objects.create(flow=flow, on=days[503], state="optimised", note="one page to pay")
    return first


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def rows_of(answer: Iterable[bytes]) -> list[dict[str, str]]:
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_before_the_first_day_is_over_the_page_says_what_will_appear(
    sign_in: Callable[[Person], Client], lead: Person
) -> None:
    page = said(sign_in(lead), PAGE)

    assert "cx-empty" in page
    assert "from 16 weeks on" in page


@pytest.mark.proves("280.7-e3")
@pytest.mark.parametrize("grain", ["day", "week", "month", "quarter"])
def test_a_planted_fall_is_marked_whatever_the_periods_are(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, grain: str
) -> None:
    fill(service)

    page = said(sign_in(lead), f"{PAGE}?grain={grain}")

    assert "How has use changed over time?" in page
    assert re.search(r"Visits fell by (3[6-9]|4[0-4]) % in the week of", page)
    assert "fewer visits than before: between" in page
    assert ("visits −" in page) is (grain != "day")  # days are drawn of the last quarter only


@pytest.mark.proves("280.7-e3")
def test_eight_quarters_and_more_are_told_with_their_sums(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    first = fill(service)
    client = sign_in(lead)

    quarters = rows_of(client.get(f"{PAGE}?grain=quarter&table=series"))
    weeks = rows_of(client.get(f"{PAGE}?grain=week&table=series"))

    assert len(quarters) >= 8
    assert len(weeks) == (DAYS - (7 - first.weekday()) % 7) // 7
    assert 1500 < int(weeks[0]["visits"]) < 2100


def test_a_flow_shows_starts_and_completions_with_its_marks_and_what_happened_around(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    fill(service)
    client = sign_in(lead)

    page = said(client, f"{PAGE}?flow=renew-permit&grain=month")
    changes = rows_of(client.get(f"{PAGE}?flow=renew-permit&table=changes"))

    assert "one page to pay on " in page
    assert "fewer completions than before" in page
    assert "Of those who started, how many finished" in page
    assert [each["of"] for each in changes] == ["starts", "completions"]
    assert all(float(each["low"]) < -0.4 < float(each["high"]) for each in changes)


def test_days_in_which_nothing_came_in_are_a_gap_in_the_line(
    sign_in: Callable[[Person], Client], lead: Person, service: Service
) -> None:
    today = timezone.localdate()
    silent = today - timedelta(days=20)
    days = [today - timedelta(days=at) for at in range(60, 0, -1)]
    days_counted(service, ((day, 50) for day in days if day != silent))
    start = datetime.combine(silent, datetime.min.time(), ZoneInfo("America/New_York"))
    Gap.objects.create(
        site=a_site(service), start=start, end=start + timedelta(days=1), expected=250, low=200,
        high=300, days=40, found_at=timezone.now(),
    )  # fmt: skip

    page = said(sign_in(lead), f"{PAGE}?grain=day")

    assert "nothing came in" in page


@pytest.mark.parametrize("query", ["?grain=x", "?flow=nobody", "?grain=&flow=%00"])
def test_what_nobody_offers_is_the_usual(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, query: str
) -> None:
    fill(service)

    assert "Boat permits" in said(sign_in(lead), PAGE + query)


def test_who_may_not_see_the_website_finds_no_page(
    sign_in: Callable[[Person], Client], service: Service
) -> None:
    elsewhere = a_person(Role.CX_LEAD, an_agency())
    of_an_office = a_person(Role.PROGRAM_MANAGER, a_unit(service.owner))

    assert sign_in(elsewhere).get(PAGE).status_code == 404
    assert sign_in(of_an_office).get(PAGE).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_stands_in_nobody_s_way(
    signed_in_page: Callable[[Person], Page], lead: Person, service: Service
) -> None:
    page = signed_in_page(lead)
    page.goto(PAGE)
    assert axe_at_both_widths(page) == []
    fill(service)

    for query in ("", "?grain=quarter", "?flow=renew-permit&grain=month"):
        page.goto(PAGE + query)
        assert axe_at_both_widths(page) == [], query
