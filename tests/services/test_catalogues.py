"""What is kept across services: reviews, occasions, completeness, one line for each service."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.services import queries
from cx280.services.models import Service
from tests.builders import a_journey, a_person, a_service, a_unit, an_agency

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def text_of(response: Any) -> str:  # noqa: ANN401
    """The page's words and tags with single spaces."""
    return " ".join(response.content.decode().split())


def at(name: str, service: Service, **more: object) -> str:
    return reverse(f"services:{name}", kwargs={"code": service.code, **more})


@pytest.fixture
def agency() -> Organization:
    return an_agency(name="Department of Rivers")


@pytest.fixture
def lead(agency: Organization) -> Person:
    return a_person(Role.CX_LEAD, agency)


@pytest.fixture
def service(agency: Organization) -> Service:
    return a_service(agency, name="Boat permits")


@pytest.mark.proves("280.7-a2")
def test_a_service_nobody_reviewed_is_listed_until_the_outcome_is_kept(
    sign_in: SignIn, lead: Person, service: Service
) -> None:
    client = sign_in(lead)
    listing = reverse("services:list") + "?show=review"
    answers = {"reviewed_on": timezone.localdate().isoformat(), "outcome": "not_feasible"}

    assert "Boat permits" in text_of(client.get(listing))
    assert "Nobody has looked yet" in text_of(client.get(at("service", service)))
    without_reason = client.post(at("part", service, part="reviews"), answers)
    client.post(at("part", service, part="reviews"), {**answers, "reason": "It needs a witness."})

    assert without_reason.status_code == 422
    assert "Say why digital delivery is not feasible." in text_of(without_reason)
    assert "No service matches" in text_of(client.get(listing))
    page = text_of(client.get(at("service", service)))
    assert "digital delivery is not feasible. It needs a witness." in page


@pytest.mark.proves("280.9-e1")
def test_occasions_are_ranked_by_the_customers_they_bring(
    sign_in: SignIn, agency: Organization, lead: Person
) -> None:
    few = a_service(agency, name="Licenses", occasion="Somebody wants to fish.")
    many = a_service(agency, name="Permits", occasion="Somebody bought a boat.")
    unknown = a_service(agency, name="Advice", occasion="Somebody is unsure.")
    silent = a_service(agency, name="Maps", occasion="")
    few.volumes.create(fiscal_year=2021, customers=10, source="Ledger")
    many.volumes.create(fiscal_year=2020, customers=90, source="Ledger")
    many.volumes.create(fiscal_year=2021, customers=40, channel="website", source="Logs")
    many.volumes.create(fiscal_year=2021, customers=30, channel="phone", source="Calls")
    client = sign_in(lead)

    page = text_of(client.get(reverse("services:occasions")))
    file: Any = client.get(reverse("services:occasions-csv"))
    rows = csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")))

    assert [(each["rank"], each["code"], each["customers"]) for each in rows] == [
        ("1", many.code, "70"), ("2", few.code, "10"), ("3", unknown.code, ""),
    ]  # fmt: skip
    assert page.index("Somebody bought a boat.") < page.index("Somebody wants to fish.")
    assert silent.name in page.split("Not told yet")[1]


@pytest.mark.proves("280.9-g2", "280.4-g1")
def test_the_page_and_the_bureaus_count_completeness_the_same_way(
    sign_in: SignIn, lead: Person, service: Service
) -> None:
    lines = queries.inventory(Service.objects.filter(pk=service.pk))
    told = queries.whole_completeness(lines)

    page = text_of(sign_in(lead).get(reverse("services:list")))

    assert (told.there, told.of) == (4, 5)  # no tool is listed
    assert queries.by_bureau(lines)[0].completeness == told
    assert "80 % of all five parts are written" in page


@pytest.mark.proves("280.3-b4")
def test_a_service_of_three_bureaus_is_one_line_with_one_accountable_owner(
    agency: Organization, service: Service
) -> None:
    for name in ("Bureau of Lakes", "Bureau of Rivers", "Bureau of Coasts"):
        service.partners.create(organization=a_unit(agency, name=name), name=name)

    below = Service.objects.filter(owner__path__startswith=agency.path)
    lines = queries.inventory(queries.active_services(below))

    assert [each.service for each in lines] == [service]
    assert sum(each.services for each in queries.by_bureau(lines)) == 1
    assert queries.channel_figures(lines)["services"] == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Service.objects.filter(pk=service.pk).update(owner=None)


def test_rare_parts_of_the_form_are_closed_until_something_is_in_them(
    sign_in: SignIn, lead: Person, service: Service
) -> None:
    client = sign_in(lead)
    summary = "Only if it is not digital, or has no traditional channel"

    before = text_of(client.get(at("edit", service)))
    Service.objects.filter(pk=service.pk).update(why_not_digital="It needs ink.")
    after = text_of(client.get(at("edit", service)))

    assert f'<details class="cx-more"><summary>{summary}' in before
    assert f'<details class="cx-more" open><summary>{summary}' in after


def test_the_journey_is_drawn_as_stations_with_the_moments_that_matter_marked(
    sign_in: SignIn, lead: Person, service: Service
) -> None:
    a_journey(service)

    page = text_of(sign_in(lead).get(at("service", service)))

    assert page.count("<li data-moment>") == 1
    assert "<li data-moment><strong>Applies</strong>" in page
    assert "Applying for a benefit or loan" in page
