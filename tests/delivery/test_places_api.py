"""The API of kiosks and posters."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.delivery.models import Kiosk
from tests.builders import a_person, a_unit
from tests.responses.kiosks import a_kiosk_survey

pytestmark = [pytest.mark.django_db, pytest.mark.proves("280.10-k5")]


def a_program(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="cx280.accounts.backends.PasswordOrLink")
    return client


def send(client: Client, method: str, path: str, body: object = None) -> tuple[int, Any]:
    given = "" if body is None else json.dumps(body)
    answer = client.generic(method, f"/api/v1/surveys/{path}", given, "application/json")
    return answer.status_code, json.loads(answer.content) if answer.content else None


def test_a_kiosk_is_registered_read_given_a_new_link_and_ended_by_a_program() -> None:
    version = a_kiosk_survey()
    survey, owner = version.survey, version.survey.service.owner
    unit = a_unit(owner, name="Portland")
    client = a_program(a_person(Role.PROGRAM_MANAGER, owner))
    where = f"{survey.code}/kiosks"

    status, made = send(client, "POST", where, {"unit": unit.code, "name": "Exit, left"})
    device = Client().post("/s/" + made["link"].split("/s/")[1])
    told = send(client, "GET", where)[1]
    again = send(client, "POST", f"{where}/{made['id']}/link")[1]
    ended = send(client, "DELETE", f"{where}/{made['id']}")[0]

    assert (status, device.status_code, ended) == (201, 303, 204)
    assert again["link"] != made["link"]
    assert [(each["unit"], each["name"], "link" in each) for each in told] == [
        (unit.code, "Exit, left", False)
    ]
    assert send(client, "GET", where)[1][0]["health"] == "ended"
    assert Kiosk.objects.get().revoked_at is not None
    unknown = send(client, "POST", where, {"unit": "nowhere", "name": "Exit"})
    assert (unknown[0], unknown[1]["title"]) == (404, "This service has no such unit.")


def test_who_only_reads_makes_no_kiosk_and_a_stranger_finds_none() -> None:
    version = a_kiosk_survey()
    survey, owner = version.survey, version.survey.service.owner
    unit = a_unit(owner)
    given = {"unit": unit.code, "name": "Exit"}

    reader, stranger = a_program(a_person(Role.ANALYST, owner)), a_program(a_person(Role.CX_LEAD))

    assert send(reader, "POST", f"{survey.code}/kiosks", given)[0] == 403
    assert send(stranger, "GET", f"{survey.code}/kiosks")[0] == 404
    assert send(stranger, "GET", f"{survey.code}/posters")[0] == 404
    assert not Kiosk.objects.exists()


def test_an_office_s_poster_is_read_with_its_address_and_its_files() -> None:
    version = a_kiosk_survey()
    survey, owner = version.survey, version.survey.service.owner
    unit = a_unit(owner, name="Portland")
    client = a_program(a_person(Role.ANALYST, owner))

    rows = send(client, "GET", f"{survey.code}/posters")[1]
    mine = next(each for each in rows if each["unit"] == unit.code)
    drawing = client.get("/api/" + mine["svg"].split("/api/")[1])
    printed = client.get("/api/" + mine["pdf"].split("/api/")[1])

    assert mine["office"] == "Portland"
    assert f"unit={unit.code}" in mine["address"]
    assert b"<svg" in drawing.content
    assert printed.content.startswith(b"%PDF-")
