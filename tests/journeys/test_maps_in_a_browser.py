"""A journey is drawn by keyboard alone; its pages are clean and stay readable on a phone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from tests.browser import DESK, PHONE, axe_at_both_widths
from tests.builders import a_person, a_service, an_agency
from tests.journeys.maps import PERMIT, a_long_map, a_map

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NEXT = "What does the customer do next?"


def test_a_journey_is_drawn_by_keyboard_alone_and_long_ones_stay_readable(
    signed_in_page: Callable[[Person], Page],
) -> None:
    agency = an_agency(name="Department of Rivers and Trails")
    service = a_service(agency, name="Boat permits")
    lead = a_person(Role.CX_LEAD, agency, name="Pat Lead")
    journey, long = a_map(service, lead), a_map(service, lead, a_long_map())
    page = signed_in_page(lead)
    page.goto(reverse("journeys:edit", args=[journey.pk]))

    page.get_by_label(NEXT).focus()
    for name in ("Pays the fee", "Waits for the mail"):
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text(f"Added “{name}”.")
        expect(page.get_by_label(NEXT)).to_be_focused()
        settled(page)
    earlier = page.get_by_role("button", name="Earlier: Waits for the mail")
    settled(page)
    earlier.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("“Waits for the mail” is step 3 of 5.")
    expect(earlier).to_be_focused()
    settled(page)
    drag(page, "Waits for the mail", onto="Pays the fee")
    expect(page.get_by_role("status")).to_have_text("“Waits for the mail” is step 4 of 5.")
    settled(page)
    drag(page, "Waits for the mail", onto="Pays the fee")
    expect(page.get_by_role("status")).to_have_text("“Waits for the mail” is step 3 of 5.")
    settled(page)
    page.get_by_role("button", name="Remove: Pays the fee").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Take the last change back")).to_be_focused()
    settled(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Pays the fee")).to_be_visible()

    settled(page)
    page.get_by_role("link", name="Waits for the mail").focus()
    page.keyboard.press("Enter")
    page.get_by_label("What the customer thinks or feels").focus()
    page.keyboard.type("Did it arrive?")
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    page.get_by_role("button", name="Save the step").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")

    order = [each.name for each in journey.steps.all()]
    assert order == ["Buys a boat", "Applies", "Waits for the mail", "Pays the fee",
                     "Has the permit"]  # fmt: skip
    assert journey.steps.all()[2].detail.thinks == "Did it arrive?"
    assert faults(page, journey.pk, ("journey", "blueprint", "evidence", "history", "edit")) == {}
    assert faults(page, long.pk, ("journey", "edit")) == {}
    step = reverse("journeys:step", args=[journey.pk, journey.steps.all()[1].pk])
    page.goto(step)
    assert axe_at_both_widths(page) == []
    page.goto(reverse("journeys:list"))
    assert axe_at_both_widths(page) == []
    assert PERMIT.name in page.content()


def drag(page: Page, name: str, *, onto: str) -> None:
    """Takes a step by its number and lets it go on the far half of another."""
    step = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=name))
    other = page.get_by_role("listitem").filter(has=page.get_by_role("link", name=onto))
    step.locator(".cx-grip").hover()
    before, box = step.bounding_box(), other.bounding_box()
    assert before is not None
    assert box is not None
    page.mouse.down()
    far = box["height"] - 4 if box["y"] > before["y"] else 4
    page.mouse.move(box["x"] + 20, box["y"] + far, steps=3)
    page.mouse.up()


def settled(page: Page) -> None:
    """Waits until what a key brought obeys keys itself; nobody presses within 20 milliseconds."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def faults(page: Page, pk: int, names: tuple[str, ...]) -> dict[str, list[str]]:
    """What axe finds at 360 and 1280 px, and pages that scroll sideways."""
    found = {}
    for name in names:
        page.goto(reverse(f"journeys:{name}", args=[pk]))
        found[name] = axe_at_both_widths(page)
        pictures = os.environ.get("CX280_PICTURES")
        for size in (PHONE, DESK) if pictures else ():
            page.set_viewport_size(size)
            page.screenshot(
                path=Path(pictures or "") / f"{name}-{pk}-{size['width']}.png", full_page=True
            )
    return {name: wrong for name, wrong in found.items() if wrong}
