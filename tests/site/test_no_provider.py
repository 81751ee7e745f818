"""An agency without a High-Impact Service Provider does its work and meets nobody else's duties."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import resolve, reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.clearance.models import Clearance
from cx280.indicators.models import Indicator, PerformanceDocument
from cx280.kernel.quarter import fiscal_year_of
from cx280.obligations.actions.bringing_up import bring_up
from cx280.obligations.models import Obligation
from cx280.services.access import has_provider
from cx280.services.models import InventoryCycle, Service
from cx280.surveys.models import Survey
from cx280.telemetry.models import Site
from tests.builders import a_hisp, a_person, a_unit, an_agency

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
# What only providers do, and their words for it.
SCREENS = ("/quarter/", "/plans/", "/designation/", "/talks/", "/services/providers/")
# These two are of every agency: what to modernize and which services were assessed, what hurts.
OF_ALL = ("/designation/modernize/", "/designation/assessments/", "/plans/pain-points/")
WORDS = re.compile(r"High-Impact Service Provider|Action Plan|[Dd]eep dive")
# Public pages and the library of rules tell of the whole Government; registers are all alike.
ELSEWHERE = (
    "/rules/", "/static/", "/assets/", "/data/", "/government/", "/api/", "/t/", "/files/",
    "/capacity/registers/", "/account/",
)  # fmt: skip
FILE = re.compile(r"\.\w{2,5}$")


def taken(client: Client, address: str, given: dict[str, object]) -> None:
    """The form is taken."""
    answer = client.post(address, given)
    assert answer.status_code == 302, (address, answer.status_code, answer.content.decode())


def the_year(client: Client, agency: Organization) -> Service:
    """Inventory, survey, website, clearance and indicator, through the pages of the CX lead."""
    taken(client, reverse("services:new"), {
        "name": "Boat permits", "description": "Permits for boats on Federal waters.",
        "offering": "A permit for one season.", "owner": agency.pk,
    })  # fmt: skip
    service = Service.objects.get()
    channels = reverse("services:part", kwargs={"code": service.code, "part": "channels"})
    for channel in ("website", "phone"):
        taken(client, channels, {"channel": channel})
    new_survey = f"{reverse('surveys:new')}?service={service.code}"
    taken(client, new_survey, {
        "from": "template", "title": "After a permit", "channel": "website", "style": "tapping",
        "trust": "T1",
    })  # fmt: skip
    taken(client, reverse("telemetry:new-site", args=[service.code]), {
        "name": "boats.example.gov", "origins": "https://boats.example.gov", "tier": "1",
        "purpose": "To find where people give up.", "retention_days": "90",
    })  # fmt: skip
    taken(client, reverse("clearance:new"), {
        "organization": agency.pk, "title": "Feedback",
        "control_number": "1094-0123", "starts_on": "2021-10-01", "expires_on": "2030-09-30",
        "is_umbrella": "on",
        "responses_ceiling": "1000", "hours_ceiling": "100",
    })  # fmt: skip
    taken(client, f"{reverse('indicators:new')}?service={service.code}", {
        "kind": "financial", "name": "Cost of a case", "formula": "Cost divided by cases",
        "source": "Ledger", "owner": "Budget office", "frequency": "yearly", "direction": "down",
        "unit": "dollars", "in_plan": "on",
    })  # fmt: skip
    return service


def crawled(client: Client) -> dict[str, str]:
    """A page of each route that links lead to from the first one, by address."""
    found: dict[str, str] = {}
    met: set[str] = set()
    ahead = ["/today/", "/year/"]
    while ahead:
        address = ahead.pop(0)
        route = resolve(address).view_name
        if route in met:
            continue
        met.add(route)
        answer = client.get(address, follow=True)
        if "text/html" not in answer.headers["Content-Type"]:
            continue
        body = answer.content.decode()
        found[address] = body
        for href in re.findall(r'href="(/[^"#?]*)', body):
            known = href in found or href in ahead
            if not (known or href.startswith(ELSEWHERE) or FILE.search(href) or href == "/"):
                ahead.append(href)
    return found


@pytest.mark.proves("280.1-a1")
def test_an_agency_without_a_provider_does_its_year_and_meets_no_screen_of_providers(
    sign_in: SignIn,
) -> None:
    agency, elsewhere = an_agency(), an_agency()
    office = a_unit(agency, "bureau")
    a_hisp(elsewhere)
    lead = a_person(Role.CX_LEAD, agency)
    client = sign_in(lead)

    the_year(client, office)
    bring_up(timezone.localdate())
    pages = crawled(client)

    for made in (Service, Survey, Site, Clearance, Indicator):
        assert made.objects.count() == 1
    owed = Obligation.objects.filter(organization=agency)
    assert {each.code for each in owed} == {"reflection"}
    assert not Obligation.objects.filter(hisp__organization=agency).exists()
    assert len(pages) > 60
    for address, body in pages.items():
        for href in re.findall(r'href="(/[^"#?]*)', body):
            assert not href.startswith(SCREENS) or href.startswith(OF_ALL), (address, href)
        assert WORDS.findall(re.sub(r"<[^>]+>", " ", body)) == [], address


@pytest.mark.proves("280.1-a1")
def test_its_official_certifies_the_inventory_and_publishes_its_indicators(sign_in: SignIn) -> None:
    agency = an_agency()
    lead, official = a_person(Role.CX_LEAD, agency), a_person(Role.ACCOUNTABLE_OFFICIAL, agency)
    client = sign_in(lead)
    the_year(client, agency)

    year = fiscal_year_of(timezone.localdate())
    taken(client, reverse("services:open-cycle"), {"agency": agency.pk, "fiscal_year": year})
    cycle = InventoryCycle.objects.get()
    taken(client, reverse("services:review-cycle", args=[cycle.pk]), {})
    taken(client, reverse("services:certify", args=[cycle.pk]), {})
    sign_in(official)
    taken(client, reverse("indicators:publish", args=[agency.code, "plan", year]), {})

    cycle.refresh_from_db()
    assert cycle.digest
    assert PerformanceDocument.objects.filter(agency=agency).count() == 1


def test_who_works_beside_a_provider_or_for_all_sees_what_providers_do(sign_in: SignIn) -> None:
    agency = an_agency()
    a_hisp(a_unit(agency, "bureau"))
    lead = a_person(Role.CX_LEAD, a_unit(agency, "bureau"))

    assert has_provider(lead)
    assert has_provider(a_person(Role.OMB_REVIEWER))
    assert not has_provider(a_person(Role.CX_LEAD, an_agency()))
    assert 'href="/quarter/"' in sign_in(lead).get("/year/").content.decode()
