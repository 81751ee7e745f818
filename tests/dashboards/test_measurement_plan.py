"""The page of the measurement plan, its files and API, and who keeps what runs elsewhere."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.audit.models import AuditEntry
from cx280.responses.models import OfferCount
from cx280.services.models import ServiceVolume
from cx280.surveys.models import OtherCollection, Survey
from tests.browser import faults_on
from tests.builders import a_person
from tests.dashboards.answered import (
    a_measured_service,
    answered,
    counted,
    last_quarter_day,
    this_quarter,
)
from tests.dashboards.test_service import text_of
from tests.delivery.builders import a_plan, contact_rules

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
ELSEWHERE = {
    "title": "Call center", "level": "transaction", "timing": "After each call",
    "population": "Callers", "people": "1000", "invited": "300", "answering": "10",
    "minutes": "3", "control_number": "", "expires_on": "", "ended_on": "",
}  # fmt: skip


def a_survey_with_a_year() -> Survey:
    """1,200 customers a year; last quarter 100 were asked and 30 answered."""
    version = a_measured_service()
    service, day = version.survey.service, last_quarter_day()
    ServiceVolume.objects.create(
        service=service, fiscal_year=2022, customers=1_200, source="Counts"
    )
    OfferCount.objects.create(version=version, channel="website", day=day, offered=100, started=60)
    answered(version, 20, 30, on=day)
    counted()
    contact_rules(agency_of(service.owner), most_per_year=2)
    survey: Survey = version.survey
    return survey


@pytest.fixture
def survey() -> Survey:
    return a_survey_with_a_year()


@pytest.fixture
def lead(survey: Survey, sign_in: SignIn) -> Client:
    return sign_in(a_person(Role.CX_LEAD, survey.service.owner))


def elsewhere(survey: Survey, **fields: str) -> dict[str, Any]:
    return {
        **ELSEWHERE, "agency": str(survey.service.owner.pk), "service": str(survey.service.pk),
        **fields,
    }  # fmt: skip


def planned(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/api/v1/measurement-plan").json()
    return found


@pytest.mark.proves("280.10-o1", "280.10-o2")
def test_a_survey_here_is_planned_by_what_was_counted(survey: Survey, lead: Client) -> None:
    line = planned(lead)["collections"][0]

    assert (line["survey"], line["people"]) == (survey.code, 1_200)
    assert line["invitations"] == pytest.approx(400)  # of one quarter, brought to a year
    assert (line["answers"], line["minutes"], line["hours"]) == (120, 2, 4)
    assert not line["contact_rules_hold"]


def test_a_plan_says_how_many_are_invited(survey: Survey, lead: Client) -> None:
    a_plan(survey, rate=0.5)

    line = planned(lead)["collections"][0]

    assert line["invitations"] == pytest.approx(600)
    assert line["contact_rules_hold"]


@pytest.mark.proves("280.10-o3", "280.10-o2")
def test_what_runs_elsewhere_adds_up_and_warns(survey: Survey, lead: Client) -> None:
    lead.post("/surveys/plan/new/", elsewhere(survey))

    page = text_of(lead.get("/surveys/plan/"))
    told = planned(lead)

    assert "We ask people in 2 surveys now: about 19 hours of theirs a year" in page
    assert "3.3 times a year" in page
    assert "at most 2" in page
    assert told["loads"][0]["too_much"] is True
    assert {each["title"]: each["meets"] for each in told["collections"]} == {
        survey.title: ["Call center"], "Call center": [survey.title],
    }  # fmt: skip


def test_a_survey_elsewhere_is_changed_by_who_keeps_the_plan(
    survey: Survey, lead: Client, sign_in: SignIn
) -> None:
    lead.post("/surveys/plan/new/", elsewhere(survey))
    other = OtherCollection.objects.get()
    form = text_of(lead.get(f"/surveys/plan/{other.pk}/"))

    lead.post(f"/surveys/plan/{other.pk}/", elsewhere(survey, invited="50", months="4"))
    other.refresh_from_db()

    assert 'value="300' in form
    assert (other.invited, other.months) == (0.5, [4])
    entry = AuditEntry.objects.get(action="change_other_collection")
    assert entry.detail["changed"] == ["invited", "months"]
    manager = sign_in(a_person(Role.ANALYST, survey.service.owner))
    assert manager.get(f"/surveys/plan/{other.pk}/").status_code == 403
    stranger = sign_in(a_person(Role.CX_LEAD))
    assert stranger.get(f"/surveys/plan/{other.pk}/").status_code == 404


def test_bad_figures_are_told_beside_their_field(survey: Survey, lead: Client) -> None:
    answer = lead.post("/surveys/plan/new/", elsewhere(survey, answering="140", people="0"))

    assert answer.status_code == 422
    assert not OtherCollection.objects.exists()


def test_the_files_say_the_same(survey: Survey, lead: Client) -> None:
    lead.post("/surveys/plan/new/", elsewhere(survey, title="=cmd()"))

    text = b"".join(lead.get("/surveys/plan.csv").streaming_content).decode()  # type: ignore[attr-defined]
    book = zipfile.ZipFile(io.BytesIO(lead.get("/surveys/plan.xlsx").content))
    strings = book.read("xl/sharedStrings.xml").decode()
    sheets = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2)]

    assert "'=cmd()" in text
    assert "400" in text
    assert survey.title in strings
    assert all("<f>" not in each for each in sheets)
    assert "Hours a year" in strings


def test_the_plan_takes_as_many_queries_for_many_surveys(
    survey: Survey,
    lead: Client,
    django_assert_max_num_queries: Any,  # noqa: ANN401
) -> None:
    for n in range(8):
        lead.post("/surveys/plan/new/", elsewhere(survey, title=f"Survey {n}"))

    with django_assert_max_num_queries(28):
        lead.get("/surveys/plan/")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_stands_in_nobodys_way(signed_in_page: Callable[[Person], Page]) -> None:
    survey = a_survey_with_a_year()
    person = a_person(Role.CX_LEAD, survey.service.owner)
    OtherCollection.objects.create(
        agency=survey.service.owner, recorded_by=person, title="Panel", level="relationship",
        timing="Each January", population="A panel", people=500, invited=0.1,
    )  # fmt: skip
    page = signed_in_page(person)

    page.goto("/surveys/")
    page.get_by_role("link", name="Measurement plan").click()
    page.wait_for_url("**/surveys/plan/")

    assert faults_on(page, ["/surveys/plan/", "/surveys/plan/new/"]) == {}
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto("/surveys/plan/")
    page.get_by_role("link", name="Panel").click()
    page.wait_for_url("**/surveys/plan/*/")
    page.get_by_text("January", exact=True).click()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/surveys/plan/")
    assert OtherCollection.objects.get().months == [1]


def test_the_quarter_of_today_is_not_brought_to_a_year(survey: Survey, lead: Client) -> None:
    version = survey.versions.get()
    answered(version, 5, 50, on=max(this_quarter().first_day, timezone.localdate()))
    counted()

    assert planned(lead)["collections"][0]["answers"] == 120
