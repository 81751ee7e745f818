"""Which ways do people go? The page, its files, and how it looks."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page
from pytest_django import Settings

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.dashboards.queries.paths import ENDED, GONE, _shown_sides
from cx280.services.models import Service
from cx280.telemetry.models import Flow
from cx280.telemetry.rules.paths import Neighbour, Side
from tests.browser import axe_at_both_widths
from tests.builders import a_person, a_service, a_unit, an_agency
from tests.dashboards.online import a_flow
from tests.telemetry.happened import counted, kept

PAGE = "/measures/boat-permits/digital/ways/"
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
    """120 visits of a flow on record, and 25 of another; all come from the first page."""
    now = timezone.now()
    Flow.objects.create(
        service=service, key="renew-permit", name="Renew a permit", launched_on=now.date(),
        steps=[["who-you-are", "Who you are"], ["your-boat", "Your boat"], ["pay", "Pay the fee"]],
    )  # fmt: skip
    renewing = a_flow(service.pk, now, (120, 110, 96, 48, 45))
    other = a_flow(service.pk, now, (25, 20, 13), "report", steps=("where", "what"), ends=False)
    kept(lake, chain(renewing, other))
    counted()


def said(client: Client, query: str = "") -> str:
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def rows_of(answer: Iterable[bytes]) -> list[dict[str, str]]:
    text = b"".join(answer).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_before_the_first_visit_the_page_says_what_to_do(
    sign_in: Callable[[Person], Client], lead: Person
) -> None:
    page = said(sign_in(lead))

    assert "Too few visits" in page
    assert "Sites of this service" in page


def test_around_a_page_it_tells_where_people_came_from_and_went(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)
    client = sign_in(lead)

    page = said(client, "?at=/")
    rows = rows_of(client.get(f"{PAGE}?at=/&table=around"))

    assert "From /, 83 % went on to /renew-permit" in page
    after = {row["what"]: row["visits"] for row in rows if row["away"] == "1"}
    assert after == {"/renew-permit": "120", "/report": "25"}
    before = {row["what"]: row["visits"] for row in rows if row["away"] == "-1"}
    assert before == {"Nothing before that": "145"}


def test_ways_through_a_flow_are_told_by_how_they_ended(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)
    client = sign_in(lead)

    page = said(client, "?of=renew-permit&at=your-boat")
    rows = rows_of(client.get(f"{PAGE}?of=renew-permit&at=your-boat&table=ways"))

    assert "How 120 visits went through “Renew a permit”" in page
    assert "38 % finished" in page
    assert "Start › Who you are › Your boat › Pay › Finish" in page
    ways = {row["way"]: row["visits"] for row in rows if row["ending"] == "went away"}
    assert ways["(start) > who-you-are > your-boat"] == "48"
    assert ways["(start) > who-you-are"] == "14"
    assert "(start) > who-you-are > your-boat > pay" not in ways  # three visits
    assert sum(int(each) for each in ways.values()) == 75


def test_what_few_did_is_hidden_and_cannot_be_worked_out(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path
) -> None:
    fill(service, lake)

    rows = rows_of(sign_in(lead).get(f"{PAGE}?of=renew-permit&at=pay&table=around"))

    after = {row["what"]: row["note"] for row in rows if row["away"] == "1"}
    assert after == {"(finish)": "too few to show", "Went away": "too few to show"}  # 45 and 3


@given(
    st.lists(st.lists(st.integers(0, 30), min_size=1, max_size=10), min_size=3, max_size=3),
    st.integers(0, 40),
)
def test_no_count_under_ten_follows_from_what_is_shown(far: list[list[int]], more: int) -> None:
    n = max(10, *(sum(each) for each in far)) + more
    totals = sorted((sum(each) for each in far), reverse=True)
    far = sorted(far, key=sum, reverse=True)
    sides = [
        Side(at, tuple(Neighbour(at, f"/{p}", v) for p, v in enumerate(each) if v), n - total, n)
        for at, (each, total) in enumerate(zip(far, totals, strict=True), start=1)
    ]

    gone: int | None = 0  # as far as it follows from the distances before
    for side, shown in zip(sides, _shown_sides(sides, 1, 10), strict=True):
        parts = {each.words: each.share.part for each in shown.parts if each.share}
        assert not [each for each in parts.values() if 0 < each < 10]
        unknown = [each.words for each in shown.parts if each.share is None]
        if gone is not None and GONE in unknown:
            unknown.remove(GONE)
        assert len(unknown) != 1 or not parts  # alone, it is all who came
        gone = side.ended if not {ENDED, GONE} & set(unknown) else None


@pytest.mark.parametrize("query", ["?of=nobody", "?at=/nowhere", "?days=x&at=%00"])
def test_what_nobody_offers_is_the_usual(
    sign_in: Callable[[Person], Client], lead: Person, service: Service, lake: Path, query: str
) -> None:
    fill(service, lake)

    assert "Most taken: from / to /renew-permit" in said(sign_in(lead), query)


def test_who_may_not_see_the_website_finds_nothing(
    sign_in: Callable[[Person], Client], service: Service
) -> None:
    elsewhere = a_person(Role.CX_LEAD, an_agency())
    of_an_office = a_person(Role.PROGRAM_MANAGER, a_unit(service.owner))

    assert sign_in(elsewhere).get(PAGE).status_code == 404
    assert sign_in(of_an_office).get(PAGE).status_code == 404


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_stands_in_nobody_s_way(
    signed_in_page: Callable[[Person], Page], lead: Person, service: Service, lake: Path
) -> None:
    page = signed_in_page(lead)
    page.goto(PAGE)
    assert axe_at_both_widths(page) == []
    fill(service, lake)

    for query in ("", "?of=renew-permit&at=your-boat"):
        page.goto(PAGE + query)
        assert axe_at_both_widths(page) == [], query
