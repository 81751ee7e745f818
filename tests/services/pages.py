"""The pages of services for tests: who opens them, on which service, and what they say."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.services.models import Service
from tests.builders import a_person, a_service, an_agency

SignIn = Callable[[Person], Client]
FACTS = {
    "name": "Boat permits",
    "description": "Permits for boats on Federal waters.",
    "offering": "A permit for one season.",
}


def text_of(response: Any) -> str:  # noqa: ANN401
    """The page's words and tags with single spaces."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return " ".join(body.decode().split())


def agency_of(person: Person) -> Organization:
    """The agency of the person's one role."""
    organization = person.assignments.get().organization
    assert organization is not None
    return organization


def at(name: str, service: Service, **more: object) -> str:
    return reverse(f"services:{name}", kwargs={"code": service.code, **more})


@pytest.fixture
def lead() -> Person:
    return a_person(Role.CX_LEAD, an_agency(name="Department of Rivers"))


@pytest.fixture
def service(lead: Person) -> Service:
    agency = agency_of(lead)
    return a_service(agency, name="Boat permits")
