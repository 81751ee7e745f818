"""How do visits differ? The page, its file, its API, and how it looks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django import Settings

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.services.models import Service
from tests.browser import axe_at_both_widths
from tests.builders import a_person, a_service, a_unit, an_agency
from tests.dashboards.online import a_flow
from tests.site.calls import PROBLEM, Program
from tests.telemetry.happened import an_event, kept

PAGE = "/measures/boat-permits/digital/explore/"
API = "/digital/boat-permits/figures"
pytestmark = pytest.mark.django_db


@pytest.fixture
def lake(tmp_path: Path, settings: Settings) -> Path:
    """A lake of this test's own, which does not exist yet."""
    settings.CX280_LAKE = str(tmp_path / "lake")
    return tmp_path / "lake"


@pytest.fixture
def service(lake: Path) -> Service:
    """A service whose website has told nothing yet."""
    return a_service(an_agency("rivers"), code="boat-permits", name="Boat permits")


@pytest.fixture
def lead(service: Service) -> Person:
    """The CX lead of the service's agency."""
    return a_person(Role.CX_LEAD, service.owner)


def fill(service: Service, lake: Path) -> None:
    """120 visits of a flow, a few of another, and page speed, 60 of it within one hour."""
    # Late in the hour before this one: begun early in an hour, a few visits would lie in the one
    # before, too few to show, and hide another.
    now = (timezone.now() - timedelta(hours=1)).replace(minute=50)
    noon = (now - timedelta(days=1)).replace(hour=12, minute=0)
    loads = [
        an_event(noon + timedelta(seconds=at), "other", name="lcp", page="/fees", value=100.0 * at,
                 visit=f"l{at}", service=service.pk)
        for at in range(60)
    ]  # fmt: skip
    renewing = a_flow(service.pk, now, (120, 110, 96, 48, 45))
    other = a_flow(service.pk, now, (6, 5, 4), "report", steps=("where", "what"), ends=False)
    kept(lake, chain(renewing, other, loads))


def said(client: Client, query: str = "", status: int = 200) -> str:
    answer = client.get(PAGE + query)
    assert answer.status_code == status
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def rows_of(answer: Iterable[bytes]) -> list[dict[str, str]]:
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_before_the_first_event_the_page_says_what_to_do(
    sign_in: Callable[[Person], Client], lead: Person
) -> None:
    page = said(sign_in(lead))

    assert "No event fits: Visits" in page
    assert "Sites of this service" in page


def test_visits_are_told_apart_by_step_and_the_few_are_hidden(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)
    client = sign_in(lead)

    page = said(client, "?by=step&kind=other")
    rows = rows_of(client.get(f"{PAGE}?by=step&kind=other&table=figures"))

    assert "How do visits differ?" in page
    assert "Visits by step, other" in page
    figures = {row["value"]: row["figure"] for row in rows}
    assert figures["who-you-are"] == "110"
    assert figures["where"] == figures["what"] == ""  # five, and four
    assert "too few to show" in page


def test_how_long_a_page_took_is_a_figure_of_its_values(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)

    rows = rows_of(
        sign_in(lead).get(f"{PAGE}?figure=p90&kind=other&name=lcp&by=page&table=figures")
    )

    slow = next(row for row in rows if row["value"] == "/fees")
    assert float(slow["figure"]) == pytest.approx(100 * 0.9 * 59, rel=1e-9)
    assert slow["events_with_a_value"] == "60"


@pytest.mark.parametrize("grain", ["day", "hour"])
def test_days_and_hours_are_drawn_as_lines(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path, grain: str
) -> None:
    fill(service, lake)

    page = said(sign_in(lead), f"?grain={grain}&days=7&by=page&flow=(none)")

    assert "<svg" in page
    assert "events past their days of keeping are gone" in page


@pytest.mark.parametrize(
    ("query", "field"),
    [("?figure=x", "Figure"), ("?from=2026-13-01", "From"), ("?grain=hour&days=91", "Grain")],
)
def test_what_cannot_be_asked_is_said_beside_its_field(
    sign_in: Callable[[Person], Client], lead: Person, query: str, field: str
) -> None:
    page = said(sign_in(lead), query, 422)

    assert f'href="#filter-{field.lower()}">{field}</a>' in page


def test_the_api_gives_the_same_figures(lead: Person, service: Service, lake: Path) -> None:
    fill(service, lake)

    told = Program(lead).read(f"{API}?by=step&kind=other")

    assert (told["source"], told["figure"], told["smallest"]) == ("lake", "visits", 10)
    lines = {each["value"]: each for each in told["items"]}
    assert (lines["who-you-are"]["figure"], lines["who-you-are"]["suppressed"]) == (110, False)
    assert (lines["where"]["figure"], lines["where"]["events"]) == (None, None)
    assert lines["where"]["suppressed"] is True


def test_the_api_refuses_with_the_field_at_fault(lead: Person, service: Service) -> None:
    program = Program(lead)

    answer = program.client.get(f"/api/v1{API}?from=2026-02-03&to=2026-02-01")

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == PROBLEM
    assert answer.json()["field"] == "from"


def test_who_may_not_see_the_website_finds_nothing(
    sign_in: Callable[[Person], Client], service: Service
) -> None:
    elsewhere = a_person(Role.CX_LEAD, an_agency())
    of_an_office = a_person(Role.PROGRAM_MANAGER, a_unit(service.owner))

    for person in (elsewhere, of_an_office):
        assert sign_in(person).get(PAGE).status_code == 404
        assert Program(person).refused(API)[0] == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_stands_in_nobody_s_way(
    signed_in_page: Callable[[Person], Page], lead: Person, service: Service, lake: Path
) -> None:
    page = signed_in_page(lead)
    page.goto(PAGE)
    assert axe_at_both_widths(page) == []
    fill(service, lake)

    for query in ("?by=page", "?grain=day&by=step&kind=other", "?figure=x", "?page=/nowhere"):
        page.goto(PAGE + query)
        assert axe_at_both_widths(page) == [], query
