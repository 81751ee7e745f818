"""The API of whom to ask."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.delivery.models import Interaction
from cx280.surveys.models import Survey
from tests.builders import a_person
from tests.delivery.builders import an_open_survey

pytestmark = pytest.mark.django_db
PLAN = {"method": "simple", "rate": 1.0, "seed": "s"}


@pytest.fixture
def survey() -> Survey:
    """An open survey."""
    return an_open_survey()


@pytest.fixture
def program(survey: Survey, client: Client) -> Client:
    """A program of who keeps it."""
    client.force_login(
        a_person(Role.PROGRAM_MANAGER, survey.service.owner),
        backend="cx280.accounts.backends.PasswordOrLink",
    )
    return client


def send(client: Client, method: str, path: str, body: object = None) -> tuple[int, Any]:
    answer = client.generic(
        method, f"/api/v1/{path}", json.dumps(body), content_type="application/json"
    )
    return answer.status_code, json.loads(answer.content)


@pytest.mark.proves("280.10-m2")
def test_a_plan_is_chosen_and_read_back(survey: Survey, program: Client) -> None:
    where = f"surveys/{survey.code}/sampling-plan"

    assert send(program, "GET", where)[0] == 404
    status, kept = send(program, "PUT", where, {
        "method": "stratified", "rate": 0.05, "strata_by": "given", "rates": {"es": 0.5},
    })  # fmt: skip

    assert (status, kept["rates"], kept["number"]) == (200, {"es": 0.5}, 1)
    assert send(program, "GET", where)[1] == kept


@pytest.mark.parametrize(
    "body",
    [
        {**PLAN, "method": "quota"},
        {**PLAN, "rate": 0},
        {**PLAN, "rate": 1.5},
        {**PLAN, "rates": {"es": 0.5}},
        {**PLAN, "share": 101},
        {**PLAN, "more": 1},
    ],
)
def test_a_plan_that_cannot_be_is_refused(
    survey: Survey, program: Client, body: dict[str, Any]
) -> None:
    status, problem = send(program, "PUT", f"surveys/{survey.code}/sampling-plan", body)

    assert status == 422, problem


@pytest.mark.proves("280.10-m2", "280.10-o3")
def test_a_program_is_told_for_each_interaction_whether_to_ask(
    survey: Survey, program: Client
) -> None:
    send(program, "PUT", f"surveys/{survey.code}/sampling-plan", PLAN)
    given = {"interactions": [
        {"interaction": "1", "known_as": "ana@example.org", "ended_at": "2022-03-01T12:00:00Z"},
        {"interaction": "2", "known_as": "Ana@example.org"},
        {"interaction": "1", "known_as": "ana@example.org"},
    ]}  # fmt: skip

    status, told = send(program, "POST", f"surveys/{survey.code}/decisions", given)

    first, second, again = told["decisions"]
    assert status == 200
    assert (first["ask"], first["weight"], first["is_new"]) == (True, 1, True)
    assert first["link"].endswith(f"/s/{survey.code}/?ended=2022-03-01T12")
    assert (second["ask"], second["reason"], second["link"]) == (False, "quiet", "")
    assert again == {**first, "is_new": False}
    _, sample = send(program, "GET", f"surveys/{survey.code}/sample")
    assert (sample["handed_over"], sample["suppressed"]) == (2, {"quiet": 1})


@pytest.mark.proves("280.10-m2")
def test_the_link_to_answer_carries_the_group_and_nothing_of_the_person(
    survey: Survey, program: Client
) -> None:
    plan = {**PLAN, "method": "stratified", "strata_by": "given", "rates": {"new here": 1.0}}
    send(program, "PUT", f"surveys/{survey.code}/sampling-plan", plan)
    given = {"interactions": [{"interaction": "1", "known_as": "ana@b.org", "stratum": "new here"},
                              {"interaction": "2", "stratum": "ana@b.org"}]}  # fmt: skip

    _, told = send(program, "POST", f"surveys/{survey.code}/decisions", given)

    known, other = told["decisions"]
    assert known["link"].endswith(f"/s/{survey.code}/?group=new%20here")
    assert (other["stratum"], other["link"].endswith(f"/s/{survey.code}/")) == ("", True)


def test_without_a_plan_a_program_is_told_what_to_do(survey: Survey, program: Client) -> None:
    status, problem = send(
        program,
        "POST",
        f"surveys/{survey.code}/decisions",
        {"interactions": [{"interaction": "1"}]},
    )

    assert (status, problem["rule"]) == (409, "280.10-m2")
    assert not Interaction.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"interaction": ""},
        {"interaction": "1", "ended_at": "2022-03-01T12:00:00"},
        {"interaction": "1", "kind": "cookie"},
        {"interaction": "1", "language": "not a language"},
        {"interaction": "1", "stratum": "x" * 61},
    ],
)
def test_an_interaction_that_cannot_be_read_is_refused(
    survey: Survey, program: Client, wrong: dict[str, str]
) -> None:
    send(program, "PUT", f"surveys/{survey.code}/sampling-plan", PLAN)

    status, _ = send(program, "POST", f"surveys/{survey.code}/decisions", {"interactions": [wrong]})

    assert status == 422
    assert not Interaction.objects.exists()


@pytest.mark.proves("280.10-m2")
def test_sizes_are_worked_out(survey: Survey, program: Client) -> None:
    _, size = send(program, "GET", f"surveys/{survey.code}/sample-size?points=5&population=20000")

    assert (size["answers"], size["invitations"]) == (377, 3428)
    assert send(program, "GET", f"surveys/{survey.code}/sample-size?sureness=sure")[0] == 422


@pytest.mark.proves("280.10-o3")
def test_contact_rules_are_changed_and_read(survey: Survey, program: Client) -> None:
    where = f"agencies/{agency_of(survey.service.owner).code}/contact-rules"
    rules = {"quiet_days": 60, "most_per_year": 2, "patience_days": 7}

    assert send(program, "GET", where)[1]["quiet_days"] == 30
    assert send(program, "PUT", where, rules) == (200, rules)
    assert send(program, "GET", where) == (200, rules)
    assert send(program, "PUT", where, {**rules, "patience_days": 61})[0] == 422


def test_another_agency_finds_nothing(client: Client, survey: Survey) -> None:
    client.force_login(a_person(Role.CX_LEAD), backend="cx280.accounts.backends.PasswordOrLink")

    for method, path in (
        ("GET", f"surveys/{survey.code}/sampling-plan"),
        ("GET", f"surveys/{survey.code}/sample"),
        ("GET", f"agencies/{agency_of(survey.service.owner).code}/contact-rules"),
    ):
        assert send(client, method, path)[0] == 404
