"""The pages of services and clearances in a real browser: axe, two widths, no script needed."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.services import actions
from cx280.services.models import Hisp, Service
from tests.browser import DESK, PHONE, axe_at_both_widths
from tests.builders import (
    a_clearance,
    a_collection,
    a_designation,
    a_hisp,
    a_journey,
    a_person,
    a_service,
    a_unit,
    an_agency,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def a_lived_in_agency() -> tuple[Organization, Person, Service, Hisp]:
    """Two bureaus, three services in different states, a provider, an inventory in review."""
    agency = an_agency(name="Department of Rivers and Trails")
    waters = a_unit(agency, "bureau", name="Bureau of Waters")
    trails = a_unit(agency, "bureau", name="Trail Service")
    lead = a_person(Role.CX_LEAD, agency, name="Pat Lead")
    service = a_service(
        waters, name="Boat permits", eligible_population=48_000, website="https://example.gov/b"
    )
    tool = service.tools.create(name="Permit database")
    service.customers.create(customer_type="individual", interaction_path="direct")
    service.volumes.create(fiscal_year=2021, customers=12_000, source="Annual report")
    service.partners.create(name="State boat offices", contact="Desk 4")
    a_journey(service).steps.all()[1].tools.add(tool)
    a_service(trails, name="Trail passes", description="", occasion="")
    a_service(trails, name="Campsite bookings", offering="")
    hisp = a_hisp(agency, name="Rivers and Trails", description="Permits, passes and campsites.")
    a_designation(hisp, service)
    cycle = actions.open_cycle(agency, fiscal_year=2022, by=lead)
    actions.start_review(cycle, by=lead)
    return agency, lead, service, hisp


def addresses(agency: Organization, service: Service, hisp: Hisp) -> dict[str, str]:
    """Every page with something to look at, by a short name."""
    clearance = a_clearance(agency, expires_on=timezone.localdate() + timedelta(days=80))
    a_collection(clearance, responses=400_000, title="Permit feedback")
    a_collection(
        clearance, state="draft", approved_on=None, responses=700_000, title="Trail feedback",
        minutes=Decimal(3),
    )  # fmt: skip
    cycle = agency.cycles.get()
    at = {"code": service.code}
    return {
        "list": reverse("services:list"),
        "service": reverse("services:service", kwargs=at),
        "new": reverse("services:new"),
        "edit": reverse("services:edit", kwargs=at),
        "channels": reverse("services:part", kwargs={**at, "part": "channels"}),
        "volumes": reverse("services:part", kwargs={**at, "part": "volumes"}),
        "worksheet": reverse("services:worksheet", kwargs=at),
        "import": reverse("services:import"),
        "cycles": reverse("services:cycles"),
        "cycle": reverse("services:cycle", args=[cycle.pk]),
        "hisps": reverse("services:hisps"),
        "hisp": reverse("services:hisp", args=[hisp.code]),
        "clearances": reverse("clearance:list"),
        "clearance": reverse("clearance:clearance", args=[clearance.pk]),
        "collection": reverse("clearance:new-collection", args=[clearance.pk]),
        "new-clearance": reverse("clearance:new"),
    }


def test_every_page_passes_axe_at_both_widths(
    new_context: Callable[..., BrowserContext],
) -> None:
    agency, lead, service, hisp = a_lived_in_agency()
    pages = addresses(agency, service, hisp)
    page = new_context(lead).new_page()
    pictures = os.environ.get("CX280_PICTURES")

    wrong: dict[str, list[str]] = {}
    for name, address in pages.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        found = axe_at_both_widths(page)
        if found:
            wrong[name] = found
        if pictures:
            for size in (PHONE, DESK):
                page.set_viewport_size(size)
                page.screenshot(path=Path(pictures) / f"{name}-{size['width']}.png", full_page=True)

    assert wrong == {}


def test_a_service_is_added_and_completed_without_script(
    new_context: Callable[..., BrowserContext],
) -> None:
    agency = an_agency(name="Department of Rivers and Trails")
    lead = a_person(Role.CX_LEAD, agency)
    page = new_context(lead, javascript=False, viewport=PHONE).new_page()

    page.goto(reverse("services:list"))
    page.get_by_role("link", name="Add a service").click()
    page.get_by_label("Name", exact=True).fill("Boat permits")
    page.get_by_label("Responsible unit").select_option(label="Department of Rivers and Trails")
    page.get_by_label("Description").fill("Permits for boats on Federal waters.")
    page.get_by_label("Offering").fill("A permit for one season.")
    page.get_by_role("button", name="Add the service").click()
    for channel in ("Website", "In person"):
        page.get_by_label("Channel").select_option(label=channel)
        page.get_by_role("button", name="Add the channel").click()
    page.get_by_role("link", name="Back to Boat permits").click()
    page.get_by_role("link", name="Draw a journey").click()
    page.get_by_label("Name of the journey").fill("Getting a permit")
    page.get_by_label("It starts when").fill("Buys a boat")
    page.get_by_label("It ends when").fill("Has the permit")
    page.get_by_role("button", name="Draw the journey").click()
    service = Service.objects.get()
    steps = service.journeys.get().steps.all()
    assert [each.name for each in steps] == ["Buys a boat", "Has the permit"]
    assert {each.channel for each in service.channels.all()} == {"website", "in_person"}


def test_an_inventory_is_certified_by_keyboard(
    new_context: Callable[..., BrowserContext],
) -> None:
    agency = an_agency()
    lead = a_person(Role.CX_LEAD, agency, name="Pat Lead")
    a_service(agency)
    cycle = actions.open_cycle(agency, fiscal_year=2022, by=lead)
    page = new_context(lead).new_page()

    page.goto(reverse("services:cycle", args=[cycle.pk]))
    for button in ("Start the review", "Certify this service"):
        page.get_by_role("button", name=button).focus()
        with page.expect_navigation():
            page.keyboard.press("Enter")

    cycle.refresh_from_db()
    assert cycle.state == "certified"
    assert "unchanged" in page.inner_text("main")
    assert axe_at_both_widths(page) == []
    assert cycle.certified_at is not None
    assert cycle.certified_at.date() >= date(2022, 1, 1)
