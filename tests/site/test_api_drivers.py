"""/api/v1/measures/…/drivers: what goes with trust, with n, interval, key and the note."""

from __future__ import annotations

import pytest

from cx280.accounts.rules import Role
from cx280.measures import tasks
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion
from tests.builders import a_document, a_person, a_service, a_survey, a_unit, a_version
from tests.measures.asked import a_tapping_version, changed, people, store, taps
from tests.measures.test_pooling import T2, T2_AGENCY
from tests.measures.test_tasks import NOW
from tests.site.calls import PROBLEM, Program

pytestmark = pytest.mark.django_db
WHEN = {"day": NOW.date(), "received_at": NOW}


def an_analyst(service: Service) -> Program:
    return Program(a_person(Role.ANALYST, service.owner))


def prompted(**changes: str) -> SurveyVersion:
    document = a_document(placement="prompt")
    return a_version(a_survey(draft=changed(document, "trust", **changes)))


@pytest.mark.proves("280.4-f2")
def test_each_driver_has_its_part_its_ranks_its_score_and_the_whole_carries_the_note() -> None:
    version = prompted()
    store(version, people(300), **WHEN)
    tasks.refresh_facts(NOW)
    service = version.survey.service

    found = an_analyst(service).read(f"/measures/{service.code}/drivers?quarter=FY2022-Q2")

    rated = found["rated"]
    first = rated["drivers"][0]
    assert (found["outcome"], found["tapped"], rated["leading"]) == ("trust", [], ["Ease"])
    assert (rated["analysed"], rated["quarters"]) == (300, ["FY2022 Q2"])
    assert first["construct"] == "ease"
    assert first["low"] < first["part"] < first["high"]
    assert (first["rank_from"], first["rank_to"]) == (1, 1)
    assert first["n"] == 300
    assert rated["key"].startswith("transaction|trust_change|T1")
    assert "not caused by" in found["association"]
    assert "not caused by" in rated["association"]


def test_where_people_found_the_survey_themselves_no_margin_is_claimed() -> None:
    version = a_version(a_survey(draft=a_document(placement="link")))
    store(version, people(300), **WHEN)
    tasks.refresh_facts(NOW)
    service = version.survey.service

    rated = an_analyst(service).read(f"/measures/{service.code}/drivers")["rated"]

    assert rated["self_selected"]
    assert {(each["low"], each["high"], each["agree_low"]) for each in rated["drivers"]} == {
        (None, None, None)
    }


def test_thin_answers_are_refused_in_words_and_a_handful_is_not_counted() -> None:
    thin, handful = prompted(), prompted()
    store(thin, people(40), **WHEN)
    store(handful, people(5), **WHEN)
    tasks.refresh_facts(NOW)

    told = an_analyst(thin.survey.service).read(f"/measures/{thin.survey.service.code}/drivers")
    hidden = an_analyst(handful.survey.service).read(
        f"/measures/{handful.survey.service.code}/drivers?quarter=FY2022-Q2"
    )

    assert told["rated"]["drivers"] == []
    assert told["rated"]["needed"] == 100
    assert "40 people" in told["rated"]["refused"]
    assert hidden["rated"] is None


@pytest.mark.proves("INC-15")
def test_taps_are_told_under_low_and_high_ratings() -> None:
    version = a_tapping_version()
    store(version, taps(500), **WHEN)
    tasks.refresh_facts(NOW)
    service = version.survey.service

    found = an_analyst(service).read(f"/measures/{service.code}/drivers?quarter=FY2022-Q2")

    (tapped,) = found["tapped"]
    assert found["rated"] is None
    assert [(each["driver"], each["side"]) for each in tapped["taps"]] == [
        ("Ease", "penalty"),
        ("Employees", "neither"),
    ]
    assert tapped["taps"][0]["under_low"]["n"] == tapped["low_raters"]
    assert "not caused by" in tapped["association"]


@pytest.mark.proves("280.3-a5")
def test_what_is_not_comparable_is_left_out_unless_the_program_insists_and_then_told() -> None:
    service = a_service()
    documents = [
        changed(a_document(placement="prompt"), "trust", text=text, object=whom)
        for text, whom in ((T2, "service"), (T2_AGENCY, "agency"))
    ]
    for document, n in zip(documents, (200, 150), strict=True):
        store(a_version(a_survey(service, draft=document)), people(n), **WHEN)
    tasks.refresh_facts(NOW)
    address = f"/measures/{service.code}/drivers?quarter=FY2022-Q2"

    apart = an_analyst(service).read(address)["rated"]
    together = an_analyst(service).read(f"{address}&pool=anyway")["rated"]

    assert (apart["answers"], [each["answers"] for each in apart["left_out"]]) == (200, [150])
    assert (together["answers"], together["left_out"]) == (350, [])
    assert "the agency" in together["overrides"][0]


def test_an_office_s_manager_gets_that_office_and_a_stranger_nothing() -> None:
    version = prompted()
    service = version.survey.service
    office = a_unit(service.owner)
    store(version, people(150), unit=office, **WHEN)
    store(version, people(200, seed=2), unit=a_unit(service.owner), **WHEN)
    tasks.refresh_facts(NOW)
    address = f"/measures/{service.code}/drivers"

    found = Program(a_person(Role.PROGRAM_MANAGER, office)).read(address)

    assert (found["unit"], found["rated"]["analysed"]) == (office.code, 150)
    assert Program(a_person(Role.ANALYST)).refused(address) == (404, PROBLEM)
    assert Program(a_person(Role.OMB_REVIEWER)).read(address)["rated"]["analysed"] == 350


@pytest.mark.parametrize("asked", ["outcome=ease", "period=month", "pool=all", "quarter=2022"])
def test_what_cannot_be_asked_is_refused(asked: str) -> None:
    service = a_service()

    assert an_analyst(service).refused(f"/measures/{service.code}/drivers?{asked}") == (
        422,
        PROBLEM,
    )
