"""/api/v1/measures: shares with n, interval and key; what is too small is absent and says so."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.measures import tasks
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion
from tests.builders import (
    a_document,
    a_person,
    a_response,
    a_service,
    a_survey,
    a_unit,
    a_version,
)
from tests.measures.test_tasks import TAPPED
from tests.site.calls import PROBLEM, Program

pytestmark = pytest.mark.django_db

NOW = datetime(2022, 3, 15, 12, tzinfo=ZoneInfo("America/New_York"))


def answer(
    version: SurveyVersion, times: int, unit: Organization | None = None, **answers: Any
) -> None:
    for _ in range(times):
        a_response(version, unit=unit, answers=answers, day=NOW.date(), received_at=NOW)


def an_analyst(service: Service) -> Program:
    return Program(a_person(Role.ANALYST, service.owner))


def test_each_question_has_n_share_interval_and_key() -> None:
    version = a_version(a_survey(draft=a_document(placement="prompt")))
    answer(version, 15, trust=5)
    answer(version, 5, trust=2)
    tasks.refresh_facts(NOW)
    service = version.survey.service

    found = an_analyst(service).read(f"/measures/{service.code}?quarter=FY2022-Q2")

    (line,) = found["items"]
    assert (found["quarter"], found["count"], found["smallest"]) == ("FY2022 Q2", 1, 10)
    assert (line["n"], line["share"], line["suppressed"]) == (20, 0.75, False)
    assert line["self_selected"] is False
    assert line["low"] < 0.75 < line["high"]
    assert (line["construct"], line["survey"]) == ("trust", version.survey.code)
    assert line["key"].startswith("transaction|trust_change|T1")


def test_where_people_found_the_survey_themselves_no_margin_is_claimed() -> None:
    version = a_version(a_survey(draft=a_document(placement="link")))
    answer(version, 20, trust=5)
    tasks.refresh_facts(NOW)
    service = version.survey.service

    (line,) = an_analyst(service).read(f"/measures/{service.code}?quarter=FY2022-Q2")["items"]

    assert (line["self_selected"], line["share"]) == (True, 1.0)
    assert (line["low"], line["high"]) == (None, None)


def test_without_a_quarter_the_last_one_with_answers_is_given() -> None:
    version = a_version()
    answer(version, 12, trust=5)
    tasks.refresh_facts(NOW)
    service = version.survey.service

    assert an_analyst(service).read(f"/measures/{service.code}")["quarter"] == "FY2022 Q2"


def test_a_service_nobody_answered_about_has_no_lines() -> None:
    service = a_service()

    found = an_analyst(service).read(f"/measures/{service.code}?quarter=FY2022-Q2")

    assert (found["count"], found["items"]) == (0, [])


def test_what_few_people_answered_is_absent_and_says_so() -> None:
    version = a_version()
    answer(version, 9, trust=5)
    answer(version, 5, trust=None, ease=4)
    tasks.refresh_facts(NOW)
    service = version.survey.service

    lines = an_analyst(service).read(f"/measures/{service.code}?quarter=FY2022-Q2")["items"]

    for line in lines:
        assert line["suppressed"] is True
        assert {line["n"], line["share"], line["low"], line["high"]} == {None}


def test_a_small_version_is_hidden_and_so_is_what_would_give_it_away() -> None:
    first = a_version(closed_at=NOW)
    second = a_version(first.survey)
    answer(first, 4, trust=5)
    answer(second, 30, trust=5)
    tasks.refresh_facts(NOW)
    service = first.survey.service

    lines = an_analyst(service).read(f"/measures/{service.code}?quarter=FY2022-Q2")["items"]

    assert [(each["version"], each["suppressed"]) for each in lines] == [(2, True), (1, True)]


def test_taps_are_lines_of_their_own_by_rating() -> None:
    document = a_document()
    document["questions"].insert(2, TAPPED)
    version = a_version(a_survey(draft=document))
    answer(version, 10, trust=5, why=["ease"])
    answer(version, 10, trust=5, why=[])
    tasks.refresh_facts(NOW)
    service = version.survey.service

    lines = an_analyst(service).read(f"/measures/{service.code}?quarter=FY2022-Q2")["items"]

    taps = [each for each in lines if each["question"] == "why"]
    assert {each["polarity"] for each in taps} == {"high"}
    ease = next(each for each in taps if each["driver"] == "ease")
    assert (ease["n"], ease["share"], bool(ease["option"])) == (20, 0.5, True)


def test_another_agency_s_service_is_not_found_and_omb_sees_all() -> None:
    version = a_version()
    answer(version, 12, trust=5)
    tasks.refresh_facts(NOW)
    address = f"/measures/{version.survey.service.code}?quarter=FY2022-Q2"

    assert Program(a_person(Role.CX_LEAD)).refused(address) == (404, PROBLEM)
    assert Program(a_person(Role.ADMINISTRATOR)).refused(address) == (403, PROBLEM)
    assert Program(a_person(Role.OMB_REVIEWER)).read(address)["count"] == 1


def test_the_manager_of_an_office_gets_the_part_that_the_dashboard_shows() -> None:
    version = a_version(a_survey(draft=a_document(placement="prompt")))
    service = version.survey.service
    office, other = a_unit(service.owner, name="Fargo"), a_unit(service.owner)
    answer(version, 15, office, trust=5)
    answer(version, 5, office, trust=2)
    answer(version, 30, other, trust=1)
    tasks.refresh_facts(NOW)
    manager = Program(a_person(Role.PROGRAM_MANAGER, office))
    elsewhere = Program(a_person(Role.PROGRAM_MANAGER, a_unit(service.owner)))

    found = manager.read(f"/measures/{service.code}?quarter=FY2022-Q2")

    (line,) = found["items"]
    assert (found["unit"], line["n"], line["share"]) == (office.code, 20, 0.75)
    assert manager.read(f"/measures/{service.code}")["quarter"] == "FY2022 Q2"
    assert an_analyst(service).read(f"/measures/{service.code}")["items"][0]["n"] == 50
    assert elsewhere.refused(f"/measures/{service.code}") == (404, PROBLEM)


def test_an_office_with_few_answers_is_not_told_to_its_manager_either() -> None:
    version = a_version()
    service = version.survey.service
    office, other = a_unit(service.owner), a_unit(service.owner)
    answer(version, 4, office, trust=5)
    answer(version, 30, other, trust=1)
    tasks.refresh_facts(NOW)

    found = Program(a_person(Role.PROGRAM_MANAGER, office)).read(f"/measures/{service.code}")

    assert [(each["suppressed"], each["n"]) for each in found["items"]] == [(True, None)]


@pytest.mark.parametrize("quarter", ["2022", "FY2022-Q5", "%00", ""])
def test_what_is_no_quarter_is_refused(quarter: str) -> None:
    service = a_service()

    address = f"/measures/{service.code}?quarter={quarter}"

    assert an_analyst(service).refused(address) == (422, PROBLEM)
