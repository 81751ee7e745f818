"""The page that compares moments of a journey, off and on, in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.delivery.models import FollowedAnswer, Following
from tests.browser import looked_at
from tests.builders import a_clearance, a_collection, a_journey, a_person, a_service, a_survey

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_is_switched_on_by_keyboard_and_compares(
    signed_in_page: Callable[[Person], Page],
) -> None:
    service = a_service(name="Boat permits")
    journey = a_journey(service)
    clearance = a_clearance(service.owner, permits_following=True)
    collection = a_collection(clearance)
    surveys = [
        a_survey(service, collection=collection, journey_step=step) for step in journey.steps.all()
    ]
    page = signed_in_page(a_person(Role.PROGRAM_MANAGER, service.owner))
    page.goto(f"/journeys/{journey.pk}/along/")
    found = looked_at(page, "along-off")

    page.get_by_label("Clearance that allows it").select_option(str(clearance.pk))
    page.get_by_role("button", name="Read answers along").press("Enter")
    page.get_by_role("button", name="Stop, and destroy").wait_for()
    following = Following.objects.get()
    FollowedAnswer.objects.bulk_create(
        FollowedAnswer(
            following=following, person=f"{n:032x}", survey=survey, day=date(2022, 1, 3 + place),
            scores={"trust": ["agree5", 2 + place + n % 2], "satisfaction": ["agree5", 4]},
        )
        for n in range(30) for place, survey in enumerate(surveys)
    )  # fmt: skip
    page.reload()
    found += looked_at(page, "along-on")

    assert "Trust rises" in page.content()
    assert found == []
