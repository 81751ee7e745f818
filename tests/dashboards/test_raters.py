"""Do people who rate us low meet something else? From joined answers to the page."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from itertools import chain
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.dashboards.queries.asked import asked_now
from cx280.dashboards.queries.digital import chosen, one_flow
from cx280.dashboards.queries.raters import Raters, may_be_joined, raters
from cx280.measures.queries import versions_of
from cx280.responses.actions import forget_visits
from cx280.responses.models import Response
from cx280.services.models import Service
from cx280.telemetry.rules.raters import Measure, Refusal
from tests.builders import (
    a_document,
    a_person,
    a_response,
    a_service,
    a_survey,
    a_unit,
    a_version,
    an_agency,
)
from tests.dashboards.joined import a_joining_version, rated_visits, visit_name
from tests.dashboards.online import a_flow
from tests.telemetry.builders import a_site
from tests.telemetry.happened import counted, kept

FLOW = "/measures/boat-permits/digital/flows/renew-permit/"
PAGE = f"{FLOW}raters/"
LOW, HIGH = (40, 38, 36, 14, 14), (60, 60, 60, 48, 48)
pytestmark = pytest.mark.django_db


@pytest.fixture
def lake(tmp_path: Path, settings: Settings) -> Path:
    """A lake of this test's own."""
    settings.CX280_LAKE = str(tmp_path / "lake")
    settings.CX280_SMALLEST_CELL = 10
    return tmp_path / "lake"


@pytest.fixture
def service(lake: Path) -> Service:
    """A service with a site of tier 1."""
    service = a_service(an_agency("rivers"), code="boat-permits", name="Boat permits")
    a_site(service, key="boats", enabled=True)
    return service


@pytest.fixture
def lead(service: Service) -> Person:
    """The CX lead of the service's agency."""
    return a_person(Role.CX_LEAD, service.owner)


def fill(service: Service, lake: Path) -> None:
    """Visits of raters beside two hundred that nobody rated."""
    now = timezone.now()
    version = a_joining_version(service)
    rated = rated_visits(version, now, LOW, HIGH)
    kept(lake, chain(rated, a_flow(service.pk, now, (200, 190, 180, 150, 140))))
    counted()


def found_for(service: Service, construct: str = "trust", days: str = "28") -> Raters:
    now = timezone.now()
    period = chosen({"days": days}, timezone.localdate(), "America/New_York").period
    flow = one_flow(service, "renew-permit", period, 10).row
    return raters(service, flow, period, now, 10, construct)


def said(client: Client, path: str, **headers: str) -> str:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.proves("280.7-j2")
def test_low_raters_are_found_to_stop_where_they_do(service: Service, lake: Path) -> None:
    fill(service, lake)

    found = found_for(service).comparison
    row = found.strongest

    assert (found.low, found.high) == (40, 60)
    assert row is not None
    assert (row.measure, row.place) == (Measure.STOPPED, "Pay")
    assert row.low is not None
    assert row.high is not None
    assert (row.low.n, round(row.low.value * row.low.n)) == (40, 26)  # the places between are few
    assert (row.high.n, round(row.high.value * row.high.n)) == (60, 12)


def test_the_page_says_it_in_words_with_a_picture_and_a_table(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)

    page = said(sign_in(lead), PAGE)

    assert "Do people who rate us low meet something else?" in page
    assert "People who rated trust low stopped more often between Start and Pay" in page
    assert "65 %" in page
    assert "between 50 % and 78 % · n 40" in page
    assert "Rated low (1–2 of 5)" in page
    assert "does not say what causes it" in page
    assert "they are no margin of sampling error" in page
    assert "visits of 100 people who found the survey and chose to answer" in page
    assert "Too few to show of one group: Who you are, Your boat" in page


def test_the_flow_page_asks_for_the_figures_after_it(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)
    client = sign_in(lead)

    page, part = said(client, FLOW), said(client, PAGE, HX_Request="true")

    assert f'hx-get="{PAGE}?days=28"' in page
    assert "stopped more often" not in page
    assert "<h3>People who rated trust low stopped more often" in part


def test_the_figures_download_as_csv(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)

    answer = sign_in(lead).get(f"{PAGE}?table=raters&rated=trust")
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    stopped = next(row for row in rows if row["figure"] == "stopped")
    assert (stopped["from"], stopped["to"]) == ("Start", "Pay")
    assert (stopped["low_value"], stopped["low_n"], stopped["high_value"]) == ("0.65", "40", "0.2")
    assert stopped["verdict"] == "more for low raters"
    assert visit_name(1) not in text


@pytest.mark.proves("280.7-j2")
def test_without_a_promise_nothing_is_joined_and_the_page_says_where_to_switch_it_on(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    anonymous = a_version(a_survey(service=service))
    now = timezone.now()
    events = list(rated_visits(anonymous, now, LOW, HIGH))  # as if somebody had stored visits
    kept(lake, chain(events, a_flow(service.pk, now, (200, 190, 180, 150, 140))))
    counted()
    client = sign_in(lead)

    pages = [said(client, FLOW), said(client, PAGE)]

    assert may_be_joined(service) is Refusal.PROMISE
    assert found_for(service).comparison.rows == ()
    for page in pages:
        assert "All of them promise to be anonymous, and that is kept" in page
        assert "To switch it on" in page
        assert "data-cx-survey" in page


@pytest.mark.proves("280.7-j2")
def test_an_anonymous_version_is_left_out_beside_one_that_joins(
    service: Service, lake: Path
) -> None:
    fill(service, lake)
    Response.objects.filter(answers__trust=2).update(version=a_version(a_survey(service=service)))

    assert found_for(service).refusal is Refusal.TOO_FEW


def test_a_site_that_collects_personal_data_is_joined_with_nothing(
    service: Service, lake: Path
) -> None:
    fill(service, lake)
    a_site(service, key="all", tier=3, enabled=True, opt_out="Ask us.", cio_approver="Ada",
           notice_on=timezone.localdate() - timedelta(days=90))  # fmt: skip

    assert found_for(service).refusal is Refusal.TIER


def test_the_join_ends_when_the_visits_are_taken_off(service: Service, lake: Path) -> None:
    fill(service, lake)

    forget_visits(timezone.localdate() + timedelta(days=100), {})

    assert found_for(service).refusal is Refusal.TOO_FEW


def test_robots_answers_and_those_of_other_days_are_not_joined(
    service: Service, lake: Path
) -> None:
    fill(service, lake)
    Response.objects.filter(answers__trust=5).update(suspected="many at once from one address")

    assert found_for(service).refusal is Refusal.TOO_FEW

    Response.objects.update(suspected="", received_at=timezone.now() - timedelta(days=40))
    assert found_for(service).refusal is Refusal.TOO_FEW


def test_of_two_answers_in_a_visit_the_first_counts(service: Service, lake: Path) -> None:
    fill(service, lake)
    first = Response.objects.get(visit=visit_name(1))
    a_response(
        first.version, visit=first.visit, answers={"trust": 5}, day=first.day,
        received_at=first.received_at + timedelta(minutes=1),
    )  # fmt: skip

    found = found_for(service).comparison

    assert (found.low, found.high) == (40, 60)


def test_one_construct_at_a_time_and_only_where_it_is_asked_alike(
    service: Service, lake: Path
) -> None:
    fill(service, lake)
    thumbs = a_document(service.name)
    thumbs["questions"][0]["response"] = "thumbs"
    newest = a_version(a_survey(service=service, draft=thumbs), opened_at=timezone.now())

    trust = asked_now(versions_of(service), "trust")

    assert trust is not None
    assert trust.by_version == {newest.pk: "trust"}
    assert found_for(service, "satisfaction").refusal is Refusal.TOO_FEW  # all rated the middle
    assert found_for(service, "nonsense").construct == "trust"


def test_no_difference_is_said_where_none_can_be_seen(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    now = timezone.now()
    alike = (60, 50, 40, 30, 30)
    rated = rated_visits(a_joining_version(service), now, alike, alike)
    kept(lake, chain(rated, a_flow(service.pk, now, (200, 180, 160, 120, 120))))
    counted()

    page = said(sign_in(lead), PAGE)

    assert "No difference can be seen between people who rated trust low and high" in page


def test_another_agency_s_and_one_office_s_people_do_not_find_the_page(
    sign_in: Callable[[Person], Client], service: Service
) -> None:
    elsewhere = a_person(Role.CX_LEAD, an_agency())
    manager = a_person(Role.PROGRAM_MANAGER, a_unit(service.owner))

    assert sign_in(elsewhere).get(PAGE).status_code == 404
    assert sign_in(manager).get(PAGE).status_code == 404
