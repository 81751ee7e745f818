"""/api/v1/alarms: as the pages, with the same rules and refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse

from cx280.accounts.rules import Role
from cx280.alarms.models import Incident
from cx280.alarms.rules.vocabulary import Kind
from tests.alarms.builders import NOON, a_watch, an_incident
from tests.builders import a_person, a_service, a_unit, an_agency
from tests.site.calls import PROBLEM, Program

pytestmark = pytest.mark.django_db


def told(answer: HttpResponse, status: int = 200) -> Any:  # noqa: ANN401
    assert answer.status_code == status, answer.content
    return json.loads(answer.content)


@pytest.fixture
def incident() -> Incident:
    return an_incident(a_service(name="Passport renewal", code="passports"))


def manager_of(incident: Incident) -> Program:
    return Program(a_person(Role.PROGRAM_MANAGER, incident.agency, name="Ada Manager"))


def test_incidents_are_listed_in_words_and_figures(incident: Incident) -> None:
    [found] = manager_of(incident).read("/alarms?going_on=true")["items"]

    assert found["what"] == "Passport renewal: page views fell"
    [figure] = found["figures"]
    assert (figure["service"], figure["seen"], figure["low"]) == ("passports", 400, 900)


@pytest.mark.proves("280.7-h3")
def test_a_program_says_that_its_person_is_on_it_and_that_it_is_over(incident: Incident) -> None:
    program, path = manager_of(incident), f"/alarms/{incident.pk}"

    taken = told(program.send(f"{path}/acknowledge", {"note": "on call"}))
    again = told(program.send(f"{path}/acknowledge", {}), 409)
    over = told(program.send(f"{path}/resolve", {}))

    assert (taken["state"], taken["owner"]) == ("acknowledged", "Ada Manager")
    assert "cannot be taken" in again["title"]
    assert [each["after"] for each in over["history"]] == ["open", "acknowledged", "resolved"]
    assert over["minutes_to_acknowledge"] is not None
    assert program.read("/alarms?going_on=true")["count"] == 0


def test_figures_of_a_few_people_are_not_given() -> None:
    watch = a_watch(kind=Kind.SCORE.value, key="trust", label="Trust")
    incident = an_incident(watch=watch, at=NOON, seen=0.5, n=8, expected=0.9, low=0.8, high=1.0)

    figure = manager_of(incident).read(f"/alarms/{incident.pk}")["figures"][0]

    assert (figure["seen"], figure["n"], figure["words"]) == (None, None, None)


def test_another_agency_s_incident_is_not_found(incident: Incident) -> None:
    stranger = Program(a_person(Role.PROGRAM_MANAGER, an_agency()))

    assert stranger.refused(f"/alarms/{incident.pk}") == (404, PROBLEM)
    assert stranger.read("/alarms")["count"] == 0
    for verb in ("acknowledge", "resolve"):
        told(stranger.send(f"/alarms/{incident.pk}/{verb}", {}), 404)
    assert incident.flips.count() == 1


def test_an_analyst_reads_and_does_not_act(incident: Incident) -> None:
    analyst = Program(a_person(Role.ANALYST, incident.agency))

    assert analyst.read("/alarms")["count"] == 1
    for verb in ("acknowledge", "resolve"):
        told(analyst.send(f"/alarms/{incident.pk}/{verb}", {}), 403)


def test_an_office_is_given_its_own_part_alone() -> None:
    agency = an_agency()
    mine = a_unit(agency)
    incident = an_incident(a_service(mine, code="mine"))
    an_incident(a_service(a_unit(agency), code="theirs"))
    office = Program(a_person(Role.PROGRAM_MANAGER, mine))

    found = office.read(f"/alarms/{incident.pk}")

    assert [each["service"] for each in found["figures"]] == ["mine"]
    assert "theirs" not in json.dumps(found)
