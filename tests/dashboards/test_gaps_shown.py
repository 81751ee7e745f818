"""Hours in which nothing came in, where people look: with the figures, now, and with the sites."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.services.models import Service
from cx280.telemetry.models import Gap, Watch
from tests.browser import axe_at_both_widths
from tests.builders import a_person, a_service, an_agency
from tests.dashboards.online import a_flow, happening
from tests.telemetry.builders import a_site
from tests.telemetry.happened import counted, kept

ONLINE = "/measures/boat-permits/digital/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def service(tmp_path: Path, settings: Settings) -> Service:
    """A service with visits, whose site was silent from 2 to 8 a.m. three days ago."""
    settings.CX280_LAKE = str(tmp_path / "lake")
    service = a_service(an_agency("rivers"), code="boat-permits", name="Boat permits")
    now = timezone.now()
    kept(tmp_path / "lake", [*a_flow(service.pk, now, (200, 150, 90, 60, 50)),
                             *happening(service.pk, now)])  # fmt: skip
    counted()
    site = a_site(service, name="www.example.gov", enabled=True)
    day = timezone.localdate() - timedelta(days=3)
    two = datetime(day.year, day.month, day.day, 2, tzinfo=ZoneInfo("America/New_York"))
    Gap.objects.create(
        site=site, start=two, end=two + timedelta(hours=6), expected=343.0, low=288.0, high=391.0,
        days=56, found_at=now,
    )  # fmt: skip
    Watch.objects.create(site=site, looked_at=now, days=56, hours_to_notice=4.2)
    return service


@pytest.fixture
def lead(service: Service) -> Person:
    """The CX lead of the service's agency."""
    return a_person(Role.CX_LEAD, service.owner)


@pytest.mark.proves("280.7-f1")
@pytest.mark.parametrize("path", [ONLINE, f"{ONLINE}now/", "/telemetry/boat-permits/sites/"])
def test_a_gap_is_told_with_what_was_expected_and_the_way_out(
    sign_in: Callable[[Person], Client], lead: Person, path: str
) -> None:
    page = sign_in(lead).get(path).content.decode()

    assert "Nothing came in from 2 to 8 a.m. on " in page
    assert "about 340 events were expected" in page
    assert "between 290 and 390, by the same hours of the 8 weeks before" in page
    assert "can be imported" in page
    assert "A silence is told when it has lasted about 4 hours" in page


def test_without_a_gap_it_says_so_and_how_well_that_is_known(
    sign_in: Callable[[Person], Client], lead: Person
) -> None:
    Gap.objects.all().delete()
    Watch.objects.update(days=9, hours_to_notice=None)

    page = sign_in(lead).get(ONLINE).content.decode()

    assert "No hours were missing in the last 28 days, as far as can be known" in page
    assert "Not judged yet: 9 of 14 days of history" in page


def test_a_day_with_a_gap_is_marked_in_the_chart(
    sign_in: Callable[[Person], Client], lead: Person
) -> None:
    page = sign_in(lead).get(ONLINE).content.decode()

    assert "nothing came in" in page[page.index('id="days"') :]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_pages_with_gaps_stand_in_nobody_s_way(
    signed_in_page: Callable[[Person], Page], lead: Person
) -> None:
    page = signed_in_page(lead)

    for path in (ONLINE, f"{ONLINE}now/", "/telemetry/boat-permits/sites/"):
        page.goto(path)
        assert axe_at_both_widths(page) == [], path
