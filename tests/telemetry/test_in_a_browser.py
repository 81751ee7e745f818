"""The pages of telemetry's record in Chromium: axe at both widths, and without sideways scroll."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.lake.tables import HELD, Lake, arrow_of
from cx280.services.models import Service
from cx280.telemetry.actions.flows import change_state
from cx280.telemetry.models import Metric, Question
from cx280.telemetry.rules.vocabulary import FlowState
from tests.browser import axe_at_both_widths
from tests.builders import a_person, a_service
from tests.lake.rows import DAY, NOON, event
from tests.telemetry.builders import a_flow, a_metric, a_site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def service() -> Service:
    """A service with two sites, a plan with a gap, and a flow that replaced another."""
    service = a_service(code="boat-permits", name="Boat permits")
    a_site(service, enabled=True, properties=["to"])
    a_site(service, name="beta.example.gov", tier=3, purpose="")
    a_metric(service)
    Metric.objects.create(
        question=Question.objects.create(service=service, text="Do people find the form?"),
        name="Searches",
        kind="other",
        event="search",
    )
    new = a_flow(service, key="apply-2", launched_on=date(2022, 5, 1))
    change_state(
        a_flow(service), by=None, state=FlowState.DEPRECATED, on=date(2022, 5, 3), successor=new
    )
    return service


@pytest.fixture
def manager(service: Service) -> Person:
    """Who keeps the service."""
    return a_person(Role.PROGRAM_MANAGER, service.owner)


def test_every_page_is_clean_at_both_widths(
    service: Service, manager: Person, signed_in_page: Callable[[Person], Page]
) -> None:
    page = signed_in_page(manager)
    site, unsettled = service.sites.order_by("pk")
    question = service.telemetry_questions.first()
    old, _ = service.flows.order_by("launched_on")
    assert question is not None
    paths = [
        "", "boat-permits/plan/", "boat-permits/plan/new/",
        f"boat-permits/plan/questions/{question.pk}/new/",
        "boat-permits/sites/", f"boat-permits/sites/{site.pk}/",
        f"boat-permits/sites/{unsettled.pk}/", "boat-permits/sites/new/",
        "boat-permits/flows/", f"boat-permits/flows/{old.pk}/", "boat-permits/flows/new/",
        "boat-permits/practices/",
    ]  # fmt: skip

    found = []
    for path in paths:
        page.goto(f"/telemetry/{path}")
        found += [f"/telemetry/{path}: {each}" for each in axe_at_both_widths(page)]

    assert found == []


def test_events_held_back_are_read_and_decided_about_at_both_widths(
    service: Service, manager: Person, signed_in_page: Callable[[Person], Page], tmp_path: Path,
    settings: Any,  # noqa: ANN401
) -> None:  # fmt: skip
    settings.DATA, settings.CX280_LAKE = tmp_path, str(tmp_path / "lake")
    site = service.sites.get(enabled=True)
    rows = [
        event(f"e{at}", NOON + at * DAY, site=site.key, page=page, source=f"script held {found}")
        for at, (page, found) in enumerate(
            [
                ("/people/(removed)/profile/edit", "email/page"),
                ("/people/(removed)/profile/edit", "email/page"),
                ("/renew-your-permit/step-two", "telephone/property:form number/property:form"),
            ]
        )
    ]
    Lake(tmp_path / "lake", HELD).append(arrow_of(rows))
    page = signed_in_page(manager)

    page.goto(f"/telemetry/boat-permits/sites/{site.pk}/")

    assert axe_at_both_widths(page) == []
    page.get_by_role("button", name="Count the cleaned events").click()
    assert page.get_by_text("3 events are counted within seconds.").is_visible()
    assert not page.get_by_text("held back since").is_visible()


def test_a_refused_form_leads_by_keyboard_to_what_is_wrong(
    service: Service, manager: Person, signed_in_page: Callable[[Person], Page]
) -> None:
    page = signed_in_page(manager)
    page.goto("/telemetry/boat-permits/sites/new/")

    page.get_by_label("Name", exact=True).fill("www")
    page.get_by_text("Take less, or a little more").press("Enter")
    page.get_by_label("Event names taken").fill("Not A Name")
    page.get_by_role("button", name="Save").press("Enter")

    page.get_by_role("alert").get_by_role("link").press("Enter")
    focused = page.locator(":focus")
    assert focused.get_attribute("name") == "names"
    assert focused.input_value() == "Not A Name"
    assert axe_at_both_widths(page) == []
