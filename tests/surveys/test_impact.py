"""Which services come first: weights, what is not known, and how far ranks hang on the choice."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Unusable
from cx280.services.models import ServiceVolume
from cx280.surveys.models import ServiceImpact
from cx280.surveys.rules.impact import FACTORS, Inputs, impacts, weights_of
from tests.builders import a_person, a_service, a_survey, a_version

SignIn = Callable[[Person], Client]
EVEN = dict.fromkeys(FACTORS, 1.0)
SOME = st.builds(
    Inputs,
    name=st.uuids().map(str),
    customers=st.none() | st.integers(0, 10**7),
    cost=st.none() | st.floats(0, 1e9),
    priority=st.none() | st.integers(1, 5),
)
WEIGHTS = st.fixed_dictionaries(dict.fromkeys(FACTORS, st.floats(0.01, 10)))


@pytest.mark.proves("280.10-b1")
@given(WEIGHTS)
def test_weights_sum_to_one(weights: dict[str, float]) -> None:
    assert sum(weights_of(weights).values()) == pytest.approx(1)


@pytest.mark.parametrize("weights", [{}, {"customers": 0}, {"customers": -1, "cost": 5}])
def test_weights_that_say_nothing_are_refused(weights: dict[str, float]) -> None:
    with pytest.raises(Unusable):
        weights_of(weights)


@pytest.mark.proves("280.10-b1")
@given(st.lists(SOME, max_size=12, unique_by=lambda each: each.name), WEIGHTS, st.randoms())
def test_the_same_inputs_give_the_same_ranks(
    services: list[Inputs], weights: dict[str, float], dice: random.Random
) -> None:
    mixed = list(services)
    dice.shuffle(mixed)

    once = {each.inputs.name: each.rank for each in impacts(services, weights)}

    assert once == {each.inputs.name: each.rank for each in impacts(mixed, weights)}


@given(st.lists(SOME, max_size=8, unique_by=lambda each: each.name))
def test_a_service_of_which_nothing_is_known_has_no_rank(services: list[Inputs]) -> None:
    for each in impacts(services, EVEN):
        assert (each.rank is None) == (len(each.missing) == len(FACTORS))
        assert each.score is None or 0 <= each.score <= 1


def test_more_customers_cost_and_priority_come_first() -> None:
    found = impacts([Inputs("small", 10, 5.0, 1), Inputs("large", 1_000, 50.0, 4)], EVEN)

    assert [each.inputs.name for each in found] == ["large", "small"]
    assert [(each.best, each.worst) for each in found] == [(1, 1), (2, 2)]


def test_a_rank_that_hangs_on_the_weights_says_so() -> None:
    services = [Inputs("many", customers=900, cost=1.0), Inputs("dear", customers=1, cost=900.0)]

    by_cost = impacts(services, {"customers": 0, "cost": 1, "priority": 0})

    assert by_cost[0].inputs.name == "dear"
    assert (by_cost[0].best, by_cost[0].worst) == (1, 2)


@pytest.mark.proves("280.10-b1")
@pytest.mark.django_db
def test_the_page_says_where_to_ask_next_and_the_file_shows_the_inputs(sign_in: SignIn) -> None:
    asked, silent = a_service(code="asked"), None
    a_version(a_survey(asked))
    silent = a_service(asked.owner, code="silent", name="Flood grants")
    for service, customers in ((asked, 500), (silent, 100)):
        ServiceVolume.objects.create(
            service=service, fiscal_year=2022, customers=customers, source="Counts"
        )
    client = sign_in(a_person(Role.CX_LEAD, asked.owner))

    client.post("/surveys/plan/first/silent/", {"cost": "900", "priority": "5", "source": "Budget"})
    page = client.get("/surveys/plan/first/?customers=1&cost=1&priority=2").content.decode()
    file = client.get("/surveys/plan/first/?customers=1&cost=1&priority=2&table=1")
    lines = b"".join(file.streaming_content).decode().splitlines()  # type: ignore[attr-defined]

    assert "Ask about Flood grants next" in page
    assert ServiceImpact.objects.get().priority == 5
    assert AuditEntry.objects.filter(action="record_impact").count() == 1
    assert any(each.startswith("silent,100,900.0,5,Budget,0.25,0.25,0.5,") for each in lines)
    assert client.get("/surveys/plan/first/?customers=0&cost=0&priority=0").status_code == 422
    assert sign_in(a_person(Role.CX_LEAD)).get("/surveys/plan/first/silent/").status_code == 404
