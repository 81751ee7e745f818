"""The drivers page: a finding with n and interval, a polite refusal, files, and who may look."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.measures.tasks import work_out_drivers
from cx280.surveys.models import SurveyVersion
from tests.builders import a_document, a_person, a_service, a_survey, a_version
from tests.dashboards.answered import an_office, counted, last_quarter_day
from tests.dashboards.test_service import rows_of, text_of
from tests.measures.asked import a_prompted_service, a_tapping_version, changed, people, store, taps
from tests.measures.test_pooling import OWN, T2, T2_AGENCY
from tests.measures.test_tasks import TAPPED
from tests.pages.reading import grade_of, sentences_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def lead_of(version: SurveyVersion) -> Person:
    return a_person(Role.CX_LEAD, version.survey.service.owner)


def address_of(version: SurveyVersion) -> str:
    return f"/measures/{version.survey.service.code}/drivers/"


def answered_by(n: int, **fields: Any) -> SurveyVersion:
    version = a_prompted_service()
    store(version, people(n, **fields))
    counted()
    return version


def test_the_page_reads_at_eight_years_of_school(sign_in: SignIn) -> None:
    version = answered_by(800, lower=["ease"])

    page = sign_in(lead_of(version)).get(address_of(version)).content.decode()

    assert grade_of(sentences_of(page)) <= 8


@pytest.mark.proves("280.10-a3", "280.4-f2")
def test_the_page_says_what_goes_with_trust_most_and_how_sure_that_is(sign_in: SignIn) -> None:
    version = answered_by(800, lower=["ease"])

    page = text_of(sign_in(lead_of(version)).get(address_of(version)))

    assert "<h1>What would raise trust in Boat permits most?" in page
    assert "Trust goes most with ease: between" in page
    assert "of the explained difference, from 800 answers" in page
    assert "does not prove a cause" in page
    assert "Fix first: ease." in page
    assert page.count("causes") == page.count("not what causes it")
    assert "nobody is left out" in page or "answered every question" in page
    assert "Taken as ordered answers" in page


@pytest.mark.proves("INC-42")
def test_the_outcome_can_be_switched_to_satisfaction(sign_in: SignIn) -> None:
    version = answered_by(800)
    client = sign_in(lead_of(version))

    page = text_of(client.get(f"{address_of(version)}?outcome=satisfaction"))

    assert "What would raise satisfaction with Boat permits most?" in page
    assert "Satisfaction goes most with efficiency" in page
    assert client.get(f"{address_of(version)}?outcome=ease").status_code == 404


def test_what_the_evidence_does_not_separate_is_said_to_be_level(sign_in: SignIn) -> None:
    weights = {"effectiveness": 1.0, "ease": 1.0, "efficiency": 0.1, "equity": 0.1, "employee": 0.1}
    version = answered_by(600, weights=weights)

    page = text_of(sign_in(lead_of(version)).get(address_of(version)))

    assert "the evidence does not separate them" in page
    assert "each between" in page


@pytest.mark.proves("280.10-a3")
def test_thin_answers_are_refused_with_what_to_do(sign_in: SignIn) -> None:
    version = answered_by(60)
    store(version, people(80, seed=2), day=last_quarter_day())
    counted()

    client = sign_in(lead_of(version))
    page = text_of(client.get(f"{address_of(version)}?period=quarter"))

    assert "60 people answered" in page
    assert "100 are needed" in page
    assert "Look at four quarters together" in page
    assert "Part explained" not in page
    assert "from 140 answers" in text_of(client.get(address_of(version)))


def test_a_handful_of_people_is_neither_counted_nor_shown(sign_in: SignIn) -> None:
    version = answered_by(6)

    page = text_of(sign_in(lead_of(version)).get(address_of(version)))

    assert "Fewer than 10 people answered here" in page
    assert sign_in(lead_of(version)).get(f"{address_of(version)}?format=csv").status_code == 404


def test_nobody_answered_yet_leads_to_the_survey(sign_in: SignIn) -> None:
    version = a_prompted_service()

    page = text_of(sign_in(lead_of(version)).get(address_of(version)))

    assert "Nobody has answered about Boat permits yet" in page


def test_a_survey_that_asks_no_drivers_is_told_to(sign_in: SignIn) -> None:
    document = a_document()
    document["questions"] = document["questions"][:2]
    version = a_version(a_survey(a_service(name="Boat permits"), draft=document))
    store(version, [{"trust": 4, "satisfaction": 4}] * 40)
    counted()

    page = text_of(sign_in(lead_of(version)).get(address_of(version)))

    assert "Nobody here was asked about both trust and the drivers of it" in page


@pytest.mark.proves("INC-15")
def test_tapped_drivers_have_a_picture_of_their_own_and_no_importance(sign_in: SignIn) -> None:
    version = a_tapping_version()
    store(version, taps(500))
    counted()

    page = text_of(sign_in(lead_of(version)).get(address_of(version)))

    assert "Where trust is rated low, people tap ease more than where it is rated high" in page
    assert "rated low" in page
    assert "explained difference" not in page
    assert "does not prove a cause" in page


def test_taps_that_are_too_few_are_refused(sign_in: SignIn) -> None:
    version = a_tapping_version()
    store(version, taps(30))
    counted()

    page = text_of(sign_in(lead_of(version)).get(address_of(version)))

    assert "30 are needed to compare" in page


@pytest.mark.proves("280.4-f2")
def test_every_file_says_in_every_row_that_it_is_an_association(sign_in: SignIn) -> None:
    version = answered_by(300)
    client = sign_in(lead_of(version))

    rows = rows_of(client.get(f"{address_of(version)}?format=csv"))
    document = json.loads(client.get(f"{address_of(version)}?format=json").content)

    assert len(rows) == 5
    assert all("not caused by" in row["note"] for row in rows)
    assert rows[0]["driver"] == "Ease"
    assert float(rows[0]["low"]) < float(rows[0]["part_of_explained"]) < float(rows[0]["high"])
    assert {row["answers"] for row in rows} == {"300"}
    assert "not caused by" in document["association"]
    assert document["rated"]["drivers"][0]["driver"] == "Ease"


@pytest.mark.proves("280.4-f2")
def test_files_of_refusals_and_of_taps_carry_the_note_too(sign_in: SignIn) -> None:
    thin, tapped, few = answered_by(50), a_tapping_version(), a_tapping_version()
    store(tapped, taps(500))
    store(few, taps(30))
    counted()

    for version, length in ((thin, 1), (tapped, 4), (few, 1)):
        client = sign_in(lead_of(version))
        rows = rows_of(client.get(f"{address_of(version)}?format=csv"))
        assert len(rows) == length
        assert all("not caused by" in row["note"] for row in rows)


@pytest.fixture
def two_trusts() -> SurveyVersion:
    """Trust in the service now, in the agency the quarter before."""
    service = a_service(name="Boat permits")
    prompt = a_document(placement="prompt")
    asked = changed(prompt, "trust", text=T2, object="service")
    agency = changed(prompt, "trust", text=T2_AGENCY, object="agency")
    now = a_version(a_survey(service, draft=asked))
    store(now, people(200))
    store(a_version(a_survey(service, draft=agency)), people(150, seed=2), day=last_quarter_day())
    counted()
    return now


@pytest.mark.proves("280.3-a5")
def test_an_override_is_offered_and_printed_on_the_page_and_in_both_files(
    sign_in: SignIn, two_trusts: SurveyVersion
) -> None:
    client, address = sign_in(lead_of(two_trusts)), address_of(two_trusts)

    apart = text_of(client.get(address))
    together = text_of(client.get(f"{address}?pool=anyway"))
    rows = rows_of(client.get(f"{address}?pool=anyway&format=csv"))
    document = json.loads(client.get(f"{address}?pool=anyway&format=json").content)

    assert "from 200 answers" in apart
    assert "150 answers. One is about the program/service, the other the agency." in apart or (
        "150 answers." in apart and "the agency" in apart
    )
    assert "Pool them all the same" in apart
    assert "from 350 answers" in together
    assert "You chose to pool answers that are not comparable." in together
    assert "format=csv&amp;pool=anyway" in together
    assert all("Overridden:" in row["note"] for row in rows)
    assert document["rated"]["overrides"]


@pytest.mark.proves("INC-05")
def test_no_override_is_offered_for_a_change_of_trust_and_a_level_of_it(sign_in: SignIn) -> None:
    version = answered_by(200)
    level = changed(a_document(), "trust", text=T2)
    other = a_version(a_survey(version.survey.service, draft=level))
    store(other, people(150, seed=2), day=last_quarter_day())
    counted()

    client = sign_in(lead_of(version))
    page = text_of(client.get(f"{address_of(version)}?pool=anyway"))

    assert "from 200 answers" in page
    assert "Pool them all the same" not in page
    assert "raised trust" in page


def test_confidence_is_left_out_with_its_reason(sign_in: SignIn) -> None:
    version = answered_by(200)
    other = changed(a_document(), "trust", text=OWN)
    store(
        a_version(a_survey(version.survey.service, draft=other)),
        people(5, seed=2),
    )
    counted()

    page = text_of(sign_in(lead_of(version)).get(address_of(version)))

    assert "few answers. " in page
    assert "5 answers" not in page


def test_the_page_shows_what_the_worker_found_before(sign_in: SignIn) -> None:
    version = answered_by(300)
    work_out_drivers(timezone.now())

    page = text_of(sign_in(lead_of(version)).get(address_of(version)))

    assert "Trust goes most with ease" in page


def test_a_filter_narrows_the_answers_and_another_agency_sees_nothing(sign_in: SignIn) -> None:
    version = answered_by(200)
    office = an_office(version.survey.service, "Boise")
    store(version, people(130, seed=2), unit=office)
    counted()
    manager = a_person(Role.PROGRAM_MANAGER, office)
    stranger = a_person(Role.CX_LEAD)

    assert "from 130 answers" in text_of(
        sign_in(lead_of(version)).get(f"{address_of(version)}?unit=boise")
    )
    assert "from 130 answers" in text_of(sign_in(manager).get(address_of(version)))
    assert sign_in(stranger).get(address_of(version)).status_code == 404
    assert sign_in(stranger).get(f"{address_of(version)}?format=csv").status_code == 404


def test_the_office_s_manager_reads_files_of_that_office_only(sign_in: SignIn) -> None:
    version = answered_by(200)
    office = an_office(version.survey.service, "Boise")
    store(version, people(130, seed=2), unit=office)
    counted()

    client = sign_in(a_person(Role.PROGRAM_MANAGER, office))
    document = json.loads(client.get(f"{address_of(version)}?format=json").content)

    assert (document["unit"], document["rated"]["analysed"]) == ("boise", 130)


def test_tapped_and_rated_drivers_of_one_service_stand_apart(sign_in: SignIn) -> None:
    document = a_document()
    document["questions"].insert(2, TAPPED)
    version = a_version(a_survey(a_service(name="Boat permits"), draft=document))
    tapped = taps(300)
    store(version, [{**rated, "why": tap["why"]} for rated, tap in zip(people(300), tapped,
                                                                      strict=True)])  # fmt: skip
    counted()

    page = text_of(sign_in(lead_of(version)).get(address_of(version)))

    assert "Trust goes most with ease" in page
    assert "rated low" in page


@pytest.mark.proves("280.4-f2")
def test_people_who_chose_to_answer_get_no_range_anywhere(sign_in: SignIn) -> None:
    version = a_version(a_survey(a_service(), draft=a_document(placement="link")))
    store(version, people(800, lower=["ease"]))
    counted()
    client = sign_in(lead_of(version))

    page = text_of(client.get(address_of(version)))
    rows = rows_of(client.get(f"{address_of(version)}?format=csv"))
    document = json.loads(client.get(f"{address_of(version)}?format=json").content)

    assert "800 people who chose to answer" in page
    assert "Fix first: ease." in page
    assert "So it is among those who chose to answer" in page
    assert "Chance explains neither" not in page
    assert "line through" not in page
    assert not re.search(r"(between|\() ?\d+ %", page)
    assert {(row["low"], row["high"], row["agree_low"]) for row in rows} == {("", "", "")}
    assert document["rated"]["drivers"][0]["low"] is None
