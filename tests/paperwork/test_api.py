"""Requests and studies over the API, with the same refusals as on the pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.clearance.models import Clearance
from cx280.paperwork.actions.burdens import add_estimate
from cx280.paperwork.rules.states import Step
from tests.builders import a_clearance, a_person, a_service, a_survey
from tests.paperwork.builders import a_lead, a_request, a_study, stepped

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.mark.proves("280.11-a3")
def test_a_program_starts_writes_and_moves_a_request(
    sign_in: Callable[[Person], Client],
) -> None:
    survey = a_survey(collection=None)
    clearance = a_clearance(agency_of(survey.service.owner))
    client, day = sign_in(a_lead(clearance)), timezone.localdate().isoformat()

    made = client.post(
        "/api/v1/requests", {"clearance": clearance.pk, "survey": survey.code}, JSON
    ).json()
    ready = a_request().answers
    kept = client.put(
        f"/api/v1/requests/{made['number']}/answers",
        {"revision": made["revision"], "answers": {**ready, "title": "By a program"}},
        JSON,
    ).json()
    for step in ("sign", "send", "approve"):
        moved = client.post(
            f"/api/v1/requests/{made['number']}/steps", {"step": step, "on": day}, JSON
        ).json()

    assert made["may_sign"] is False
    assert kept["may_sign"] is True
    assert (moved["state"], moved["hours"], moved["respondents"]) == ("approved", "66.67", 2000)
    assert [each["step"] for each in moved["history"]] == ["sign", "send", "approve"]
    listed = client.get("/api/v1/requests").json()
    assert [each["title"] for each in listed["items"]] == ["By a program"]


@pytest.mark.proves("280.11-a2")
def test_over_the_ceiling_a_program_is_told_the_rule(sign_in: Callable[[Person], Client]) -> None:
    request = stepped(a_request(), Step.SIGN)
    Clearance.objects.update(responses_ceiling=10)

    answer = sign_in(a_lead(request.clearance)).post(
        f"/api/v1/requests/{request.pk}/steps",
        {"step": "send", "on": timezone.localdate().isoformat()},
        JSON,
    )

    assert (answer.status_code, answer.json()["rule"]) == (409, "280.11-a2")


def test_what_a_program_may_not_do_is_refused(sign_in: Callable[[Person], Client]) -> None:
    request = a_request()
    number = request.pk
    step = {"step": "sign", "on": timezone.localdate().isoformat()}

    stranger = sign_in(a_lead(a_clearance()))
    assert stranger.get(f"/api/v1/requests/{number}").status_code == 404
    manager = sign_in(a_person(Role.PROGRAM_MANAGER, request.organization))
    assert manager.post(f"/api/v1/requests/{number}/steps", step, JSON).status_code == 403
    both = {"clearance": request.clearance_id, "survey": "a", "study": 1}
    assert manager.post("/api/v1/requests", both, JSON).status_code == 422
    stale = {"revision": 1, "answers": {}}
    assert manager.put(f"/api/v1/requests/{number}/answers", stale, JSON).status_code == 409
    wrong = {"revision": request.revision, "answers": {"burden": "much"}}
    assert manager.put(f"/api/v1/requests/{number}/answers", wrong, JSON).status_code == 422


@pytest.mark.proves("280.11-a4")
def test_studies_are_listed_with_who_came(sign_in: Callable[[Person], Client]) -> None:
    clearance = a_clearance()
    a_study(clearance, took_part=8)

    listed = sign_in(a_lead(clearance)).get("/api/v1/studies").json()

    assert [(each["planned"], each["took_part"]) for each in listed["items"]] == [(12, 8)]


@pytest.mark.proves("280.11-b1", "280.11-b3")
def test_the_burden_of_a_service_is_told_by_segment_without_thin_ones(
    sign_in: Callable[[Person], Client],
) -> None:
    service, person = a_service(), a_person()
    for segment, observed in (("", 40), ("Rural", 30), ("New", 9)):
        add_estimate(
            service, by=person,
            values={
                "step": None, "step_name": "Applies", "segment": segment, "people_per_year": 60,
                "learning_minutes": 10, "compliance_minutes": 20, "cost": 0, "strain": None,
                "observed": observed, "source": "Diary", "from_on": date(2022, 1, 1),
                "change": None,
            },
        )  # fmt: skip
    client = sign_in(a_person(Role.ANALYST, service.owner))

    told = client.get(f"/api/v1/services/{service.code}/burden").json()["segments"]

    shown = {each["segment"]: each["observed"] for each in told}
    # The second smallest hides with the smallest: otherwise the total would give it away.
    assert shown == {"": 40, "Rural": None, "New": None}
