"""Services of one type are pooled only when they asked alike, each with its own level."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cx280.measures import tasks
from cx280.measures.models import TypeResult
from cx280.measures.queries import service_types
from cx280.measures.queries.service_types import TypeQuestion, type_found, type_question
from cx280.measures.rules.pooling import Pool, pool_of
from cx280.measures.rules.service_types import TypeFinding, type_finding_of
from cx280.services.models import Service
from tests.builders import a_document, a_service, a_survey, a_version, an_agency
from tests.measures.asked import a_part, changed, people, store, without
from tests.measures.test_pooling import T2


def a_pool(n: int = 300, seed: int = 1, document: dict[str, Any] | None = None) -> Pool:
    pool = pool_of([a_part(people(n, seed=seed), document=document)], enough=100)
    assert pool is not None
    return pool


def found(**pools: Pool) -> TypeFinding:
    return type_finding_of(pools, "trust", smallest=10)


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    service_types._kept.clear()  # ids come again in every test, and never in a running system


@pytest.mark.proves("280.10-i5")
def test_two_services_that_asked_alike_are_pooled_with_a_level_of_their_own() -> None:
    happy = a_part(people(400, seed=1))
    grumpy = [
        {key: max(1, code - 2) if code else code for key, code in each.items()}
        for each in people(400, seed=2)
    ]
    unhappy = pool_of([a_part(grumpy)], enough=100)
    assert unhappy is not None

    finding = found(boats=pool_of([happy], enough=100) or unhappy, docks=unhappy)

    assert finding.refusal == ""
    assert finding.leading == ("Ease",)
    assert dict(finding.services) == {"boats": 400, "docks": 400}
    assert {name for each in finding.drivers for name in each.apart} == {"boats", "docks"}
    assert any("own level is taken out" in each for each in finding.notes)


@pytest.mark.proves("280.10-i5")
@pytest.mark.parametrize("pools", [{}, {"boats": 300}])
def test_fewer_than_two_services_are_refused(pools: dict[str, int]) -> None:
    finding = found(**{name: a_pool(n) for name, n in pools.items()})

    assert finding.drivers == ()
    assert finding.refusal.startswith("At least 2 services of one type")


@pytest.mark.proves("280.10-i5", "INC-05")
def test_a_service_that_asked_otherwise_is_left_out_and_alone_they_are_refused() -> None:
    level = changed(a_document(), "trust", text=T2)

    two = found(boats=a_pool(), docks=a_pool(document=level))
    three = found(boats=a_pool(), docks=a_pool(document=level, seed=2), ramps=a_pool(seed=3))

    assert "there is one" in two.refusal
    assert set(three.services) == {"boats", "ramps"}
    (left,) = three.left_out
    assert (left.source, "raised trust" in left.reason) == ("docks", True)


def test_a_service_too_thin_to_analyse_alone_is_left_out_with_its_reason() -> None:
    finding = found(boats=a_pool(), docks=a_pool(60, seed=2), ramps=a_pool(seed=3))

    assert set(finding.services) == {"boats", "ramps"}
    assert "60 people" in finding.left_out[0].reason


def test_only_drivers_that_every_service_asked_alike_are_pooled_and_the_others_are_named() -> None:
    fewer = without(a_document(), "employee")

    finding = found(boats=a_pool(), docks=a_pool(document=fewer, seed=2))

    assert len(finding.drivers) == 4
    assert finding.unshared == ("Employees",)


def test_services_that_share_one_driver_are_not_pooled() -> None:
    other = a_document()
    for each in ("ease", "efficiency", "equity", "employee"):
        other = changed(other, each, text=f"Other words about {each}.")

    assert "fewer than two drivers" in found(boats=a_pool(), docks=a_pool(document=other)).refusal


def two_services() -> list[Service]:
    agency = an_agency()
    services = []
    for n, name in enumerate(("Boats", "Docks")):
        service = a_service(agency, name=name)
        store(
            a_version(a_survey(service, draft=a_document(name, placement="prompt"))),
            people(200, seed=n),
        )
        services.append(service)
    tasks.refresh_facts(timezone.now())
    return services


def asked_about(services: list[Service]) -> TypeQuestion:
    asked = type_question("administrative", services, "trust", 10)
    assert asked is not None
    return asked


@pytest.mark.django_db
def test_the_worker_pools_the_services_of_a_type_beforehand() -> None:
    services = two_services()
    now = timezone.now()

    tasks.work_out_drivers(now, most=100)

    told = type_found(asked_about(services), now + timedelta(hours=2))
    assert told.made_at == now
    assert set(told.finding.services) == {"Boats", "Docks"}
    assert TypeResult.objects.count() == 2  # both outcomes; all services are this agency's
    assert tasks.work_out_drivers(now, most=100) == 0


@pytest.mark.django_db
def test_whoever_sees_other_services_gets_another_answer() -> None:
    boats, docks = two_services()
    now = timezone.now()
    tasks.work_out_drivers(now, most=100)

    alone = type_found(asked_about([boats]), now)

    assert alone.finding.refusal
    assert asked_about([boats, docks]).who == asked_about([docks, boats]).who
    assert asked_about([boats]).who != asked_about([docks]).who


@pytest.mark.django_db
def test_no_answers_about_drivers_are_no_question() -> None:
    assert type_question("administrative", [a_service()], "trust", 10) is None
