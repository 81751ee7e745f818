"""The service page tells what moved and where, hides small groups, and keeps to who may see."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Protocol

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.responses.models import OfferCount
from tests.builders import a_document, a_person, a_response, a_service, a_survey, a_version
from tests.dashboards.answered import (
    a_comment,
    a_measured_service,
    an_office,
    answered,
    counted,
    last_quarter_day,
    this_quarter,
)
from tests.measures.test_tasks import TAPPED

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


class HasContent(Protocol):
    """A response as the test client gives it."""

    content: bytes


def text_of(response: HasContent) -> str:
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ")


def rows_of(response: object) -> list[dict[str, str]]:
    body = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(body)))


@pytest.mark.proves("280.8-b1", "280.8-b3")
def test_the_page_tells_change_interval_and_n_of_each_outcome(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 40, 60, on=last_quarter_day())
    answered(version, 58, 60)
    counted()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)

    page = text_of(sign_in(lead).get(f"/measures/{version.survey.service.code}/"))

    assert "<h1>Trust in Boat permits rose to 97 %" in page
    assert "from 60 answers" in page
    assert "between 89 % and 99 %" in page
    assert page.count("up 30 points") >= 2  # trust and satisfaction, each its own
    assert page.count("mean 4.90") == 2


@pytest.mark.proves("280.8-b1")
def test_the_page_says_when_there_is_no_evidence_of_change(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 20, 30, on=last_quarter_day())
    answered(version, 22, 30)
    counted()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)

    page = text_of(sign_in(lead).get(f"/measures/{version.survey.service.code}/"))

    assert "no evidence of change" in page
    assert "rose" not in page


@pytest.mark.proves("INC-33")
def test_a_plain_link_has_no_response_rate_and_says_people_chose(sign_in: SignIn) -> None:
    version = a_measured_service(placement="link")
    answered(version, 12, 15)
    OfferCount.objects.create(version=version, channel="website", day=last_quarter_day(), started=9)
    counted()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)

    page = text_of(sign_in(lead).get(f"/measures/{version.survey.service.code}/"))

    assert "Response rate not computable." in page
    assert "no margin of sampling error" in page


@pytest.mark.proves("INC-05")
def test_a_changed_trust_question_breaks_the_line_and_says_why(sign_in: SignIn) -> None:
    survey = a_survey()
    before = a_version(survey, closed_at=None)
    answered(before, 20, 30, on=last_quarter_day())
    before.closed_at = before.opened_at
    before.save()
    document = a_document(survey.service.name)
    document["questions"][0]["text"] = "I trust Rivers to fulfill our country’s commitment to us."
    answered(a_version(survey, document=document), 29, 30)
    counted()
    lead = a_person(Role.CX_LEAD, survey.service.owner)

    page = text_of(sign_in(lead).get(f"/measures/{survey.service.code}/"))

    assert "trust question changed" in page
    assert "how much trust there is" in page
    assert "there is nothing comparable before it" in page


@pytest.mark.proves("INC-15")
def test_taps_are_shares_of_those_shown_under_a_low_and_a_high_rating(sign_in: SignIn) -> None:
    document = a_document()
    document["questions"].insert(2, TAPPED)
    version = a_version(a_survey(draft=document))
    for trust, taps, n in ((5, ["employee"], 15), (5, [], 5), (1, ["ease"], 12)):
        for _ in range(n):
            a_response(version, answers={"trust": trust, "why": taps})
    counted()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)
    client = sign_in(lead)
    address = f"/measures/{version.survey.service.code}/"

    page = text_of(client.get(address))
    rows = rows_of(client.get(f"{address}?table=taps"))

    assert "What people tap under a low rating" in page
    assert "75 % of 20" in page
    high = {row["driver"]: row for row in rows if row["rating"] == "high"}
    assert (high["employee"]["share"], high["employee"]["n"]) == ("0.75", "20")
    assert not any("mean" in row for row in rows)


def test_fewer_than_ten_answers_are_not_shown(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 7, 9)
    counted()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)
    client = sign_in(lead)
    address = f"/measures/{version.survey.service.code}/"

    page = text_of(client.get(address))
    rows = rows_of(client.get(f"{address}?table=trend"))

    assert "too few answers to show" in page
    assert "78 %" not in page
    assert {row["share"] for row in rows} == {""}
    assert {row["note"] for row in rows} == {"too few to show"}


def test_a_small_office_cannot_be_worked_out_by_filtering(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    small, other, big = (an_office(service, name) for name in ("Small", "Other", "Big"))
    answered(version, 3, 4, unit=small)
    answered(version, 10, 12, unit=other)
    answered(version, 30, 40, unit=big)
    counted()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))

    hidden = [
        "Fewer than 10 people answered here"
        in text_of(client.get(f"/measures/{service.code}/?unit={unit.code}"))
        for unit in (small, other, big)
    ]
    rows = rows_of(client.get(f"/measures/{service.code}/?table=units"))

    assert hidden == [True, True, False]
    assert {row["office"]: row["note"] for row in rows} == {
        "Big": "",
        "Other": "too few to show",
        "Small": "too few to show",
    }


@pytest.mark.proves("280.10-q1")
def test_the_page_filters_by_office_and_names_the_one_below(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    poor, good = an_office(service, "Portland"), an_office(service, "Seattle")
    answered(version, 20, 60, unit=poor)
    answered(version, 55, 60, unit=good)
    answered(version, 55, 60, unit=an_office(service, "Boise"))
    counted()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))

    whole = text_of(client.get(f"/measures/{service.code}/"))
    part = text_of(client.get(f"/measures/{service.code}/?unit=portland"))

    assert "Portland is below the others." in whole
    assert "Open Portland" in whole
    assert "<h1>Trust in Boat permits at Portland is 33 %" in part


@pytest.mark.parametrize(
    "query", ["unit=nowhere", "channel=fax", "survey=other-1", "quarter=FY1999+Q1", "table=secrets"]
)
def test_what_the_service_does_not_have_is_not_found(sign_in: SignIn, query: str) -> None:
    version = a_measured_service()
    answered(version, 10, 12)
    counted()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)

    response = sign_in(lead).get(f"/measures/{version.survey.service.code}/?{query}")

    assert response.status_code == 404


def test_before_the_first_answer_the_page_says_how_to_get_one(sign_in: SignIn) -> None:
    version = a_measured_service()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)

    page = text_of(sign_in(lead).get(f"/measures/{version.survey.service.code}/"))

    assert "Nobody has answered about Boat permits yet" in page
    assert "Share the link or print the poster." in page


def test_a_service_without_a_survey_offers_to_make_one(sign_in: SignIn) -> None:
    service = a_service()

    page = text_of(
        sign_in(a_person(Role.CX_LEAD, service.owner)).get(f"/measures/{service.code}/units/")
    )

    assert "No survey asks about this service." in page


@pytest.mark.parametrize("part", ["", "units/", "comments/"])
def test_another_agencys_service_is_not_found(sign_in: SignIn, part: str) -> None:
    version = a_measured_service()
    answered(version, 10, 12)
    counted()

    stranger = sign_in(a_person(Role.CX_LEAD))

    assert stranger.get(f"/measures/{version.survey.service.code}/{part}").status_code == 404


@pytest.mark.parametrize("part", ["", "units/", "comments/"])
def test_who_is_signed_out_signs_in_first(client: Client, part: str) -> None:
    assert client.get(f"/measures/any/{part}").status_code == 302


def test_an_omb_reviewer_sees_measures_and_never_comments(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 10, 12)
    a_comment(version, "Waited three hours")
    counted()
    client = sign_in(a_person(Role.OMB_REVIEWER))
    address = f"/measures/{version.survey.service.code}/"

    page = client.get(address)

    assert page.status_code == 200
    assert "Waited three hours" not in text_of(page)
    assert client.get(f"{address}comments/").status_code == 403


def test_the_manager_of_an_office_sees_that_office_alone(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    mine, other = an_office(service, "Portland"), an_office(service, "Seattle")
    answered(version, 5, 20, unit=mine)
    answered(version, 20, 20, unit=other)
    a_comment(version, "About Portland", unit=mine)
    a_comment(version, "About Seattle", unit=other)
    counted()
    client = sign_in(a_person(Role.PROGRAM_MANAGER, mine))
    address = f"/measures/{service.code}/"

    page = text_of(client.get(address))
    comments = text_of(client.get(f"{address}comments/"))

    assert "<h1>Trust in Boat permits at Portland is 24 %" in page
    assert "About Portland" in page
    assert "Seattle" not in page
    assert "Seattle" not in comments
    assert client.get(f"{address}?unit=seattle").status_code == 404
    assert client.get(f"{address}units/").status_code == 404


def test_the_page_reads_facts_in_a_fixed_number_of_queries(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    client = sign_in(a_person(Role.CX_LEAD, service.owner))
    answered(version, 10, 12, unit=an_office(service, "One"))
    a_comment(version, "One")
    counted()
    address = f"/measures/{service.code}/"
    client.get(address)

    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for n in range(5):
        answered(version, 10, 12, unit=an_office(service, f"More {n}".replace(" ", "")))
        answered(version, 10, 12, on=this_quarter().plus(-n - 1).last_day)
        a_comment(version, f"More {n}")
    counted()
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) <= len(few) + 1  # the number of comments, once there are several
    assert len(few) <= 18
    reads = [query["sql"] for query in few if "responses_response" in query["sql"]]
    assert all("responses_comment" in sql for sql in reads)
