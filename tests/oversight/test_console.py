"""The console: what waits, what was handed in, findings, groups, releases; pages and files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.deep_dive.models import Discussion
from cx280.kernel.quarter import Quarter
from cx280.obligations.actions.bringing_up import bring_up
from cx280.oversight.queries.briefing.promises import assessed_in
from cx280.oversight.views import lists
from cx280.plans.actions.moving import sign_plan, submit_plan
from cx280.reporting.actions import accept
from cx280.services.models import Designation
from tests.builders import a_designation, a_hisp, a_person, a_service, an_agency
from tests.capacity.builders import a_submitted_assessment
from tests.deep_dive.builders import a_follow_up, a_planned_talk, held
from tests.obligations.builders import Owing
from tests.plans.builders import a_ready_plan
from tests.reporting.quarters import Scene, a_scene, answered, released, sent

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
NEXT = Quarter.parse("FY2022 Q3")
PAGES = ("console", "waiting", "handed-in", "releases", "groups", "findings")


@dataclass(frozen=True, slots=True)
class Government:
    """One agency that reported, planned and talked; and OMB."""

    scene: Scene
    talk: Discussion
    waiting: Designation
    omb: Person


@pytest.fixture(scope="module")
def whole(
    module_record: Callable[[], AbstractContextManager[None]],
) -> Government:
    """A released quarter, one that waits, one accepted; a plan sent; a designation; a promise."""
    with module_record():
        scene = a_scene("Boat permits")
        for quarter in (Quarter.parse("FY2022 Q2"), NEXT, Quarter.parse("FY2022 Q4")):
            answered(scene, quarter)
        released(scene)
        sent(scene, NEXT)
        accept(sent(scene, Quarter.parse("FY2022 Q4")), by=scene.reviewer)
        new = a_service(scene.agency, name="Trail passes")
        waiting = a_designation(scene.hisp, new, concurred_on=None)
        talk = held(a_planned_talk(scene.hisp, scene.lead), scene.reviewer)
        a_follow_up(talk, scene.reviewer, side="omb", words="Say who answers texts")
        bring_up(timezone.localdate())
        owing = Owing(scene.agency, scene.hisp, (scene.service, new), scene.lead, scene.official)
        plan = a_ready_plan(owing)
        sign_plan(plan, by=scene.official)
        submit_plan(plan, by=scene.lead)
        return Government(scene, talk, waiting, scene.reviewer)


@pytest.fixture
def omb(whole: Government, sign_in: SignIn) -> Client:
    return sign_in(whole.omb)


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def rows_of(client: Client, name: str, query: str = "") -> list[dict[str, str]]:
    """The list as CSV; its JSON says the same."""
    address = reverse(f"oversight:{name}")
    answers = [client.get(f"{address}?{query}&format={each}") for each in ("csv", "json")]
    assert all(each.streaming for each in answers)
    texts = [b"".join(each.streaming_content).decode("utf-8-sig") for each in answers]  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(texts[0])))
    as_json = json.loads(texts[1])
    assert [list(each) for each in as_json] == [list(each) for each in rows]
    assert len(as_json) == len(rows)
    return rows


def test_everything_that_waits_for_omb_stands_there_with_its_place(omb: Client) -> None:
    rows = rows_of(omb, "waiting")

    assert [each["kind"] for each in rows] == [
        "designation", "submission", "release", "plan", "follow_up",
    ]  # fmt: skip
    assert rows[0]["since"] == "2021-11-15"
    assert [each["what"] for each in rows][1:3] == [
        "Boat permits, FY2022 Q3",
        "Boat permits, FY2022 Q4",
    ]
    page = words(omb, reverse("oversight:console"))
    assert "5 things wait for OMB" in page
    assert "1 waiting" in page
    assert len(rows_of(omb, "waiting", "kind=plan")) == 1
    assert omb.get(reverse("oversight:waiting") + "?kind=x").status_code == 422


def test_of_each_kind_the_longest_stand_there_and_all_of_one_kind_come_in_pages(
    omb: Client, whole: Government, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_follow_up(whole.talk, whole.omb, side="omb", words="Say who answers letters")
    monkeypatch.setattr(lists, "_LONGEST", 1)
    monkeypatch.setattr(lists, "_ON_A_PAGE", 1)
    address = reverse("oversight:waiting")

    page = words(omb, address)
    assert "6 things wait for OMB" in page
    assert '<a href="?kind=follow_up">All 2</a>' in page
    assert "Say who answers texts" not in page
    assert "Say who answers texts" in words(omb, f"{address}?kind=follow_up&page=2")
    assert len(rows_of(omb, "waiting", "kind=follow_up")) == 2  # files have all


@pytest.mark.proves("280.14-d2", "280.17-c1")
def test_an_assessment_waits_for_its_deep_dive_and_stands_in_the_briefing(
    omb: Client, whole: Government
) -> None:
    scene = whole.scene
    owing = Owing(
        scene.agency, scene.hisp, (scene.service, scene.service), scene.lead, scene.official
    )
    assert assessed_in(scene.hisp, 2024).rows == ()
    assessment = a_submitted_assessment(owing, 2024)

    [row] = rows_of(omb, "waiting", "kind=assessment")
    assert row["what"] == "Capacity Assessment FY2024"
    told = assessed_in(scene.hisp, 2024)
    assert told.rows[0] == ("Measurement", "2, in place", "4 of 4 practices evidenced")
    assert "Name a lead in each office (underway)" in told.initiatives
    answer = omb.get(reverse("capacity:document", args=[assessment.pk]))
    assert answer.status_code == 200

    talk = a_planned_talk(scene.hisp, scene.lead, fiscal_year=2024, planned_on=date(2024, 3, 1))
    assert len(rows_of(omb, "waiting", "kind=assessment")) == 1
    held(talk, scene.reviewer, date(2024, 3, 1))
    assert rows_of(omb, "waiting", "kind=assessment") == []


def test_what_was_decided_waits_no_longer(omb: Client, whole: Government) -> None:
    Designation.objects.filter(pk=whole.waiting.pk).update(ended_on=date(2022, 1, 1))

    assert [each["kind"] for each in rows_of(omb, "waiting", "kind=designation")] == []


@pytest.mark.proves("280.14-d2")
def test_what_was_handed_in_is_listed_and_unfinished_work_is_not(omb: Client) -> None:
    rows = rows_of(omb, "handed-in", "year=2023")

    by_code = {each["obligation"]: each for each in rows}
    assert (by_code["deep_dive"]["handed_in_on"], by_code["deep_dive"]["state"]) == (
        "2023-03-31", "on_time",
    )  # fmt: skip
    assert by_code["action_plan"]["state"] == "late"
    assert "capacity_assessment" not in by_code
    assert [each["obligation"] for each in rows_of(omb, "handed-in", "year=2023&what=deep_dive")]


def test_findings_are_those_of_what_was_sent_by_rule(omb: Client) -> None:
    rows = rows_of(omb, "findings", "quarter=FY2022+Q2")

    assert rows
    assert all(each["reports"] == "1" and each["title"] for each in rows)
    rule = rows[0]["rule"]
    page = words(omb, reverse("oversight:finding", args=[rule]) + "?quarter=FY2022+Q2")
    assert "Boat permits" in page
    assert "There is a good reason." in page
    assert f'href="/rules/{rule}/"' in page
    assert omb.get(reverse("oversight:finding", args=["280.99-z9"])).status_code == 404


def test_groups_count_what_is_reported_and_in_force(omb: Client) -> None:
    rows = rows_of(omb, "groups", "quarter=FY2022+Q2")

    assert {each["construct"] for each in rows} == {"trust", "satisfaction"}
    assert all((each["questions"], each["services"]) == ("1", "1") for each in rows)
    assert rows_of(omb, "groups", "quarter=FY2022+Q3") == []


def test_the_release_queue_tells_accepted_from_published(omb: Client) -> None:
    page = words(omb, reverse("oversight:releases"))

    assert "1 accepted quarter waits to be published" in page
    rows = rows_of(omb, "releases")
    assert [(each["service_name"], each["quarter"]) for each in rows] == [("Boat permits", "2")]
    assert rows_of(omb, "releases", "corrections=yes") == []


def test_the_front_door_leads_omb_to_the_console(omb: Client) -> None:
    assert omb.get("/").headers["Location"] == reverse("oversight:console")
    assert "Console</a>" in words(omb, reverse("oversight:console"))


def test_nobody_but_omb_opens_the_console(whole: Government, sign_in: SignIn) -> None:
    for role in (each for each in Role if each is not Role.OMB_REVIEWER):
        client = sign_in(a_person(role, whole.scene.agency))
        for name in PAGES:
            assert client.get(reverse(f"oversight:{name}")).status_code == 403


@pytest.fixture
def more_agencies(whole: Government) -> None:
    """Ten more providers that owe, wait and talk."""
    for at in range(10):
        hisp = a_hisp(an_agency(), name=f"Provider {at}")
        a_designation(hisp, a_service(hisp.organization), concurred_on=None)
        talk = held(a_planned_talk(hisp, whole.omb), whole.omb)
        a_follow_up(talk, whole.omb, side="omb")
    bring_up(timezone.localdate())


def test_each_page_takes_as_many_queries_for_eleven_providers_as_for_one(
    omb: Client, whole: Government, request: pytest.FixtureRequest
) -> None:
    def counts() -> dict[str, int]:
        found = {}
        for name in PAGES:
            with CaptureQueriesContext(connection) as taken:
                assert omb.get(reverse(f"oversight:{name}") + "?year=2023").status_code == 200
            found[name] = len(taken)
        return found

    omb.get(reverse("oversight:console"))
    before = counts()
    request.getfixturevalue("more_agencies")

    assert counts() == before
