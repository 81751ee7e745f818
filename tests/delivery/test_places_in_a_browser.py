"""Posters and kiosks on the pages of staff: a newcomer's way, clean at both widths."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.delivery.models import Kiosk
from tests.browser import axe_at_both_widths, faults_on
from tests.builders import a_person, a_unit
from tests.responses.kiosks import a_kiosk_survey
from tests.responses.visits import an_open_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Person], Page]


def test_a_newcomer_is_three_clicks_from_an_office_s_poster(signed_in_page: SignedIn) -> None:
    survey = an_open_survey().survey
    a_unit(survey.service.owner, name="Portland")
    page = signed_in_page(a_person(Role.PROGRAM_MANAGER, survey.service.owner))

    page.goto("/surveys/")
    page.get_by_role("link", name=survey.title).first.click()
    page.get_by_role("link", name="How people reach it").click()
    found = page.get_by_role("link", name="Letter poster of Portland").get_attribute("href")
    answer = page.request.get(str(found))

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
    assert axe_at_both_widths(page) == []


def test_the_pages_of_kiosks_are_clean_in_every_state(signed_in_page: SignedIn) -> None:
    survey = a_kiosk_survey().survey
    plain = an_open_survey().survey
    office = a_unit(survey.service.owner, name="Portland")
    now = timezone.now()
    seen = {"set_up_at": now - timedelta(days=9)}
    states: list[dict[str, Any]] = [
        {},
        {**seen, "last_seen_at": now, "answers": 41},
        {**seen, "last_seen_at": now - timedelta(hours=9)},
        {**seen, "last_seen_at": now - timedelta(days=3), "waiting": 12, "refused": 1},
        {**seen, "last_seen_at": now, "revoked_at": now},
    ]
    for number, state in enumerate(states):
        Kiosk.objects.create(survey=survey, unit=office, name=f"Exit {number}", **state)
    page = signed_in_page(a_person(Role.PROGRAM_MANAGER, survey.service.owner))
    elsewhere = signed_in_page(a_person(Role.PROGRAM_MANAGER, plain.service.owner))
    address = f"/surveys/{survey.code}/kiosks/"

    assert faults_on(page, [address]) == {}
    assert faults_on(elsewhere, [f"/surveys/{plain.code}/kiosks/"]) == {}
    page.goto(address)
    assert page.get_by_role("heading", level=1).inner_text() == "1 kiosk is silent"
    page.get_by_label("Where in it?").fill("Waiting room")
    page.get_by_role("button", name="Make its link").click()
    assert "/kiosk/set-up/" in page.locator("#link").inner_text()
    assert axe_at_both_widths(page) == []
