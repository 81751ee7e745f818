"""A quarter for programs: the same people, the same content, the same refusals."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from cx280.accounts.models import Person
from cx280.reporting.actions import return_to_agency, save_narrative
from tests.reporting.quarters import a_scene, answered, sent, signed, written

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def test_a_program_reads_the_packages_of_a_quarter_and_one_whole(sign_in: SignIn) -> None:
    scene = a_scene()
    answered(scene)
    package = written(scene)
    client = sign_in(scene.lead)

    lines = client.get("/api/v1/quarters/FY2022-Q2").json()
    content = client.get(f"/api/v1/packages/{package.pk}").json()

    assert [(each["id"], each["state"]) for each in lines] == [(package.pk, "draft")]
    assert content["surveys"][0]["volumes"] == {
        "customers": None,
        "offered": 400,
        "respondents": 127,
    }


def test_nobody_reads_what_they_may_not_see(sign_in: SignIn) -> None:
    scene, other = a_scene(), a_scene("Trail pass")
    package = written(scene)

    assert Client().get(f"/api/v1/packages/{package.pk}").status_code == 401
    assert sign_in(other.lead).get(f"/api/v1/packages/{package.pk}").status_code == 404
    assert sign_in(scene.reviewer).get(f"/api/v1/packages/{package.pk}").status_code == 404
    assert sign_in(scene.reviewer).get("/api/v1/quarters/FY2022-Q2").json() == []


def test_a_program_sends_a_signed_quarter_and_is_refused_the_second_time(
    sign_in: SignIn,
) -> None:
    scene = a_scene()
    answered(scene)
    package = signed(scene)
    client = sign_in(scene.lead)
    where = f"/api/v1/packages/{package.pk}/submit"

    first = client.post(where)
    second = client.post(where)
    refused = sign_in(scene.manager).post(where)

    assert (first.status_code, first.json()["state"]) == (200, "submitted")
    assert second.status_code == 409
    assert second.json()["title"].startswith("This quarter is “Sent to OMB”.")
    assert refused.status_code == 403


def test_omb_reads_what_was_sent(sign_in: SignIn) -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)
    return_to_agency(package, comment="Explain the wait.", by=scene.reviewer)
    save_narrative(package, accomplishments="Draft", reflection="Draft", by=scene.manager)

    content = sign_in(scene.reviewer).get(f"/api/v1/packages/{package.pk}").json()

    assert content["accomplishments"] == "We opened online renewal."
