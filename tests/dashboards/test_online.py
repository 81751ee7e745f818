"""The digital pages: what people came to do, where they stop, which pages are slow, now."""

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
from cx280.dashboards.queries.digital import chosen, one_flow
from cx280.services.models import Service
from cx280.telemetry.models import Flow, FlowChange
from tests.browser import axe_at_both_widths
from tests.builders import (
    a_document,
    a_person,
    a_response,
    a_service,
    a_survey,
    a_unit,
    a_version,
    an_agency,
    some_words,
)
from tests.dashboards.answered import a_comment, an_office, answered, counted
from tests.dashboards.online import a_flow, happening, some_loads
from tests.telemetry.builders import a_site
from tests.telemetry.happened import counted as events_counted
from tests.telemetry.happened import kept, started

ONLINE = "/measures/boat-permits/digital/"
FLOW = f"{ONLINE}flows/renew-permit/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def lake(tmp_path: Path, settings: Settings) -> Path:
    """A lake of this test's own, which does not exist yet."""
    settings.CX280_LAKE = str(tmp_path / "lake")
    return tmp_path / "lake"


@pytest.fixture
def service(lake: Path) -> Service:
    """A service whose website is told nothing of yet."""
    return a_service(an_agency("rivers"), code="boat-permits", name="Boat permits")


@pytest.fixture
def lead(service: Service) -> Person:
    """The CX lead of the service's agency."""
    return a_person(Role.CX_LEAD, service.owner)


def fill(service: Service, lake: Path) -> None:
    """Two flows, one of them without an outcome, page speed, and the last half hour."""
    now = timezone.now()
    renewing = a_flow(service.pk, now, (120, 110, 96, 48, 45))
    hazards = a_flow(
        service.pk, now, (60, 40, 25), "report-a-hazard", steps=("where", "what"), ends=False
    )
    loads = some_loads(service.pk, now, 40)
    kept(lake, chain(renewing, hazards, loads, happening(service.pk, now)))
    events_counted()


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def rows_of(answer: Iterable[bytes]) -> list[dict[str, str]]:
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("part", ["", "speed/", "now/", "flows/renew-permit/"])
def test_before_the_first_event_a_page_says_how_to_make_them_arrive(
    sign_in: Callable[[Person], Client], lead: Person, lake: Path, part: str
) -> None:
    page = said(sign_in(lead), ONLINE + part)

    assert "cx-empty" in page
    assert not lake.exists()


def test_the_digital_page_tells_how_many_finished_and_where_they_stopped(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)

    page = said(sign_in(lead), ONLINE)

    assert "Did people finish what they came to do?" in page
    assert "38 % of 120 visits finished it (between 29 % and 46 %)" in page
    assert "6 in 10 who start never reach Pay: between 51 % and 68 %, from 120 visits" in page
    assert "Completion rate not computable" in page


def test_the_flow_page_answers_where_people_stop_in_its_title(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)

    page = said(sign_in(lead), FLOW)

    assert "<h1>6 in 10 who start never reach Pay</h1>" in page.replace("\n", "")
    assert "50 % stopped (40 % to 60 %)" in page
    assert "48 visits · 40 %" in page


def test_a_flow_on_record_gives_its_name_and_its_steps_in_order(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)
    Flow.objects.create(
        service=service, key="renew-permit", name="Renew a permit",
        steps=[["your-boat", "Tell about your boat"], ["pay", "Pay the fee"]],
        launched_on=timezone.localdate(),
    )  # fmt: skip
    client = sign_in(lead)

    before = said(client, FLOW)
    events_counted()
    page = said(client, FLOW)

    assert "The steps on record are not those that were counted" in before
    assert "steps on record" not in page
    assert "“Renew a permit” of Boat permits" in page
    assert "6 in 10 who start never reach Pay the fee" in page
    assert "left out: Who you are" in page


def test_a_step_that_no_page_names_is_said_to_be_missing(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)
    Flow.objects.create(
        service=service, key="renew-permit", name="Renew a permit",
        steps=[["boats", "Your boats"]], launched_on=timezone.localdate(),
    )  # fmt: skip
    events_counted()

    page = said(sign_in(lead), FLOW)

    assert "that finished did not tell of every step" in page


def test_a_flow_by_day_carries_the_marks_of_its_life(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)
    today = timezone.localdate()
    flow = Flow.objects.create(
        service=service, key="renew-permit", name="Renew", launched_on=today - timedelta(days=90)
    )
    FlowChange.objects.create(
        flow=flow, on=today - timedelta(days=4), state="optimised", note="shorter page to pay"
    )

    page = said(sign_in(lead), FLOW)

    assert "shorter page to pay" in page
    assert "launched" not in page  # before the days shown


def test_a_replacement_goes_on_with_the_line_of_what_it_replaced(
    service: Service, lake: Path
) -> None:
    now, today = timezone.now(), timezone.localdate()
    day = timedelta(days=1)
    before = [started(now - n * day, f"a{n}", "old", service=service.pk) for n in range(2, 8)]
    after = [started(now - n * day, f"b{n}", "new", service=service.pk) for n in range(1, 4)]
    kept(lake, [*before, *after])
    events_counted()
    new = Flow.objects.create(service=service, key="new", name="New", launched_on=today - 3 * day)
    Flow.objects.create(
        service=service, key="old", name="Old", launched_on=today - 90 * day,
        state="deprecated", replaced_by=new,
    )  # fmt: skip

    period = chosen({"days": "28"}, today, "America/New_York").period
    found = one_flow(service, "new", period, 10).trend

    assert [count for _, count in found.started] == [1, 1, 1, 1, 1, 1, 1, 0]
    assert found.breaks == (today - 3 * day,)
    assert found.finished == ()


def test_the_funnel_downloads_as_csv_with_its_intervals(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)

    rows = rows_of(sign_in(lead).get(f"{FLOW}?table=funnel"))

    assert [row["visits"] for row in rows] == ["120", "110", "96", "48", ""]
    assert (rows[3]["stopped"], rows[3]["of_step_before"]) == ("48", "0.5")
    assert rows[4]["note"] == "too few to show"  # three stopped: fewer than ten


def test_slow_pages_are_found_by_their_third_quartile(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)
    client = sign_in(lead)

    page = said(client, f"{ONLINE}speed/")
    rows = rows_of(client.get(f"{ONLINE}speed/?table=speed"))

    assert "1 of 2 pages is slow for people" in page
    assert [row["page"] for row in rows][:3] == ["/renew-permit"] * 3
    assert {row["verdict"] for row in rows if row["page"] == "/"} == {"good"}
    assert {row["p75"] for row in rows if row["page"] == "/rare"} == {""}


def test_what_happens_now_counts_the_last_half_hour(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)
    a_site(service, key="boats", name="boats.example.gov", enabled=True)
    a_site(service, key="quiet", name="quiet.example.gov", enabled=True)

    page = said(sign_in(lead), f"{ONLINE}now/")

    assert "What is happening now?" in page
    assert "s ago" in page
    heard, silent = page.index("boats.example.gov"), page.index("quiet.example.gov")
    assert heard < silent < page.index("nothing in 30 days")


@pytest.mark.parametrize("part", ["", "speed/", "now/", "flows/renew-permit/"])
def test_the_pages_of_another_agency_s_service_do_not_exist(
    sign_in: Callable[[Person], Client], service: Service, part: str
) -> None:
    elsewhere = a_person(Role.CX_LEAD, an_agency())

    assert sign_in(elsewhere).get(ONLINE + part).status_code == 404


@pytest.mark.parametrize("part", ["", "speed/", "now/", "flows/renew-permit/"])
def test_who_manages_one_office_sees_the_website_of_all_and_is_told_so(
    sign_in: Callable[[Person], Client], service: Service, part: str
) -> None:
    version = a_version(a_survey(service))
    office, other = an_office(service, "Harbor office"), an_office(service, "Lake office")
    answered(version, 20, 20, unit=office)
    a_comment(version, "Only for the lake office to read", unit=other)
    counted()
    client = sign_in(a_person(Role.PROGRAM_MANAGER, office))

    page = said(client, ONLINE + part)

    assert "lake office" not in page.lower()
    assert "of the whole service, not of Harbor office alone" in page
    assert f"/telemetry/{service.code}/" not in client.get(ONLINE + part).content.decode()
    assert client.get(f"/telemetry/{service.code}/sites/").status_code == 404


@pytest.mark.parametrize("part", ["", "speed/", "now/", "flows/renew-permit/"])
def test_an_office_that_does_not_give_the_service_does_not_see_its_website(
    sign_in: Callable[[Person], Client], service: Service, part: str
) -> None:
    manager = sign_in(a_person(Role.PROGRAM_MANAGER, a_unit(service.owner)))

    assert manager.get(ONLINE + part).status_code == 404


def test_whoever_keeps_the_accounts_does_not_see_websites(
    sign_in: Callable[[Person], Client], service: Service
) -> None:
    assert sign_in(a_person(Role.ADMINISTRATOR)).get(ONLINE).status_code == 403


def test_omb_sees_the_figures_and_no_way_to_what_it_may_not_read(
    sign_in: Callable[[Person], Client], service: Service
) -> None:
    page = sign_in(a_person(Role.OMB_REVIEWER)).get(ONLINE + "flows/renew-permit/")

    assert page.status_code == 200
    assert f"/telemetry/{service.code}/" not in page.content.decode()


@pytest.mark.parametrize("days", ["1", "-1", "x", "9999999"])
def test_days_that_nobody_offers_are_the_last_four_weeks(
    sign_in: Callable[[Person], Client], lead: Person, days: str
) -> None:
    assert "in the last 28 days" in said(sign_in(lead), f"{ONLINE}?days={days}")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_digital_pages_stand_in_nobody_s_way(
    signed_in_page: Callable[[Person], Page], lead: Person, service: Service, lake: Path
) -> None:
    page = signed_in_page(lead)
    page.goto(ONLINE)
    assert axe_at_both_widths(page) == []
    fill(service, lake)

    for part in ("", "speed/", "now/?follow=1", "flows/renew-permit/", "flows/report-a-hazard/"):
        page.goto(ONLINE + part)
        assert axe_at_both_widths(page) == [], part


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_flow_is_reached_from_the_service_page_and_its_table_opened(
    signed_in_page: Callable[[Person], Page], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)
    page = signed_in_page(lead)
    page.goto("/measures/boat-permits/")

    page.get_by_role("link", name="See what people did online").click()
    page.get_by_role("link", name="Renew permit", exact=True).click()
    funnel = page.locator("#funnel")
    funnel.get_by_text("See the table").click()

    assert funnel.get_by_role("table").get_by_role("cell", name="50 %").is_visible()


def test_the_digital_page_tells_what_those_who_came_online_said(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)
    document = a_document(service.name, placement="prompt")
    version = a_version(a_survey(service=service, draft=document))
    today = timezone.localdate()
    rated = [a_response(version, answers={"trust": 5 if at < 15 else 2}) for at in range(20)]
    a_response(version, channel="in_person", answers={"trust": 1})
    a_response(version, day=today - timedelta(days=40), answers={"trust": 1})
    a_response(version, suspected="many at once", answers={"trust": 1})
    some_words(rated[-1], "The payment page lost my boat.")
    old = a_response(version, day=today - timedelta(days=40))
    some_words(old, "Long ago.")

    page = said(sign_in(lead), ONLINE)

    assert "What they said" in page
    assert "75 %" in page
    assert "between 53 % and 89 % · n 20" in page
    assert "Too few answers to show." in page  # nobody rated satisfaction
    assert "1 comment online in the last 28 days" in page
    assert "The payment page lost my boat." in page
    assert "Rated trust 2 of 5" in page
    assert "Long ago." not in page


def test_who_may_not_read_comments_sees_the_scores_alone(
    sign_in: Callable[[Person], Client], service: Service, lake: Path
) -> None:
    fill(service, lake)
    version = a_version(a_survey(service=service, draft=a_document(service.name)))
    for _ in range(12):
        some_words(a_response(version, answers={"trust": 5}), "Quick and kind.")
    reader = a_person(Role.OMB_REVIEWER)

    page = said(sign_in(reader), ONLINE)

    assert "the views of 12 people who chose to answer" in page
    assert "Quick and kind." not in page
