"""The page of a survey's reach in Chromium: axe at both widths, from the survey's tabs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.delivery.actions.sending import send_waiting
from tests.browser import faults_on
from tests.builders import a_person
from tests.dashboards.answered import answered
from tests.dashboards.test_proof import (
    a_prompt_answered,
    nothing_left_from_other_tests,
    reached,
)
from tests.delivery.builders import a_mailing, handed_over, rows

__all__ = ["nothing_left_from_other_tests"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_page_stands_in_nobodys_way(signed_in_page: Callable[[Person], Page]) -> None:
    survey = a_prompt_answered().survey
    reached(survey)
    page = signed_in_page(a_person(Role.CX_LEAD, survey.service.owner))

    page.goto(f"/surveys/{survey.code}/")
    page.get_by_role("link", name="Does it reach them?").click()
    page.wait_for_url("**/reach/")

    assert "answered in full" in page.get_by_role("heading", level=1).inner_text()
    assert faults_on(page, [f"/surveys/{survey.code}/reach/"]) == {}


def test_messages_and_answers_stand_together(signed_in_page: Callable[[Person], Page]) -> None:
    survey, now = a_mailing(), timezone.now()
    people = [f"p{n}@example.org" for n in range(30)]
    handed_over(survey, rows(*people, ended_at=now - timedelta(hours=3)), now)
    send_waiting(lambda: now)
    version = survey.versions.get()
    answered(version, 12, 12)
    answered(version, 12, 12, language="es")
    reached(survey)
    page = signed_in_page(a_person(Role.CX_LEAD, survey.service.owner))

    page.set_viewport_size({"width": 360, "height": 740})
    assert faults_on(page, [f"/surveys/{survey.code}/reach/"]) == {}
    page.goto(f"/surveys/{survey.code}/reach/")
    assert "From the end to the message" in page.inner_text("main")
