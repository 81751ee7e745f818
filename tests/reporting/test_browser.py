"""The pages of a quarter in a real browser: axe at both widths, and the walk to the signature."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.reporting.actions import accept, ask_to_sign
from cx280.reporting.models import Package
from tests.browser import DESK, PHONE, axe_at_both_widths
from tests.reporting.quarters import (
    QUARTER,
    Scene,
    a_scene,
    answered,
    explained,
    released,
    sent,
    signed,
    written,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Person], Page]


def look(page: Page, name: str) -> list[str]:
    """What axe finds at both widths; keeps pictures where CX280_PICTURES names a folder."""
    found = axe_at_both_widths(page)
    folder = os.environ.get("CX280_PICTURES")
    if folder:
        for size, width in ((PHONE, "360"), (DESK, "1280")):
            page.set_viewport_size(size)
            page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    return found


def a_quarter_in_work() -> tuple[Scene, Package]:
    """Last quarter is published, this one is a draft with some words missing."""
    scene = a_scene()
    answered(scene, QUARTER.previous)
    released(scene, QUARTER.previous)
    answered(scene)
    return scene, scene.package()


def test_the_agencys_pages_are_clean_at_both_widths(signed_in_page: SignedIn) -> None:
    scene, package = a_quarter_in_work()
    page = signed_in_page(scene.lead)

    found = []
    page.goto(reverse("reporting:quarter"))
    found += look(page, "quarter")
    for name in ("package", "figures", "words", "numbers", "drivers", "versions"):
        page.goto(reverse(f"reporting:{name}", args=[package.pk]))
        found += [f"{name}, {each}" for each in look(page, name)]
    page.goto(reverse("reporting:releases"))
    found += look(page, "releases")
    page.goto(reverse("reporting:file", args=[package.pk, "report"]))
    found += look(page, "report")

    assert found == []


def test_the_officials_and_ombs_pages_are_clean_at_both_widths(signed_in_page: SignedIn) -> None:
    scene, other = a_scene(), a_scene("Trail pass")
    answered(scene)
    answered(other)
    mine = sent(scene)
    theirs = written(other)
    explained(other, theirs, date(2030, 1, 1))
    ask_to_sign(theirs, by=other.lead)

    official = signed_in_page(other.official)
    official.goto(reverse("reporting:sign", args=[theirs.pk]))
    found = look(official, "sign")
    reviewer = signed_in_page(scene.reviewer)
    reviewer.goto(f"{reverse('reporting:queue')}?quarter=FY2022+Q2")
    found += look(reviewer, "queue")
    reviewer.goto(reverse("reporting:review", args=[mine.pk]))
    found += look(reviewer, "review")
    accept(mine, by=scene.reviewer)
    reviewer.goto(reverse("reporting:review", args=[mine.pk]))
    found += look(reviewer, "accepted")

    assert found == []


def test_a_lead_sees_the_gap_fixes_it_and_the_official_signs(
    signed_in_page: SignedIn,
) -> None:
    scene = a_scene()
    answered(scene)
    package = written(scene)
    package.refresh_from_db()
    lead = signed_in_page(scene.lead)

    lead.goto(reverse("reporting:quarter"))
    lead.get_by_role("link", name=scene.service.name).click()
    lead.get_by_text("Write the reason").click()
    lead.get_by_label("The reason, in a sentence").fill("The contractor was late with the data.")
    lead.get_by_role("button", name="Keep the reason").click()
    lead.get_by_role("button", name="Send for signature").click()
    official = signed_in_page(scene.official)
    official.goto(reverse("reporting:package", args=[package.pk]))
    official.get_by_role("link", name="Read it and sign").click()
    official.get_by_text("I have read this report").click()
    official.get_by_role("button", name="Sign", exact=True).click()

    expect(official.get_by_role("heading", level=1)).to_contain_text("is signed")


def test_a_signature_works_by_keyboard_alone(signed_in_page: SignedIn) -> None:
    scene = a_scene()
    answered(scene)
    package = signed(scene)
    page = signed_in_page(scene.lead)
    page.goto(reverse("reporting:package", args=[package.pk]))

    button = page.get_by_role("button", name="Send to OMB")
    for _ in range(60):
        page.keyboard.press("Tab")
        if button.evaluate("each => each === document.activeElement"):
            break
    page.keyboard.press("Enter")

    expect(page.get_by_text("is sent to OMB.")).to_be_visible()
