"""The pages of alarms in Chromium: axe at both widths, and without sideways scroll."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.alarms.actions.turns import acknowledge, add_note, link_action, resolve
from cx280.alarms.actions.watching import mute, plan_maintenance
from cx280.alarms.models import Attention, Incident
from cx280.alarms.rules.looks import Point
from cx280.alarms.rules.vocabulary import Kind
from cx280.alarms.rules.watches import Sensitivity
from cx280.services.models import Service
from tests.alarms.builders import HOUR, a_contact, a_watch, an_incident
from tests.browser import axe_at_both_widths
from tests.builders import a_person, a_service
from tests.telemetry.builders import a_flow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def service() -> Service:
    return a_service(code="passports", name="Passport renewal")


@pytest.fixture
def manager(service: Service) -> Person:
    return a_person(Role.PROGRAM_MANAGER, service.owner, name="Ada Manager")


@pytest.fixture
def incidents(service: Service, manager: Person) -> list[Incident]:
    """One that nobody has taken, one of a score that somebody has, one that is over."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    a_flow(service, launched_on=(now - timedelta(days=20)).date(), name="Renew by mail")
    hours = [Point(now + (n - 48) * HOUR, 1000 + 300 * ((n % 24) / 12 - 1) ** 2,
                   700 + 280 * ((n % 24) / 12 - 1) ** 2, 1200 + 320 * ((n % 24) / 12 - 1) ** 2)
             for n in range(47)]  # fmt: skip
    views = an_incident(
        service, now - HOUR, points=(*hours, Point(now - HOUR, 400, 900, 1100)), seen=400.0
    )
    day = now.replace(hour=4) - timedelta(days=3)
    days = tuple(Point(day + timedelta(days=n - 40), 0.8 - 0.004 * max(0, n - 30), 0.77, 0.83)
                 for n in range(41))  # fmt: skip
    trust = an_incident(
        watch=a_watch(service, kind=Kind.SCORE.value, key="trust", label="Trust"), at=day,
        end=day + timedelta(days=1), since=day - timedelta(days=10), seen=0.74, expected=0.8,
        low=0.77, high=0.83, n=812, points=days,
        words="74.0 % of 812 answers, where 77.0 % to 83.0 % was to be expected.",
    )  # fmt: skip
    over = an_incident(
        watch=a_watch(service, kind=Kind.COMPLETION.value, key="renew",
                      label="Share that completes “Renew a passport”"),
        at=day - timedelta(days=9), seen=0.31, expected=0.5, low=0.46, high=0.54, n=640,
    )  # fmt: skip
    acknowledge(trust, by=manager, now=now, note="I ask the two offices that fell.")
    add_note(trust, text="The new letter confuses people.", by=manager, now=now)
    link_action(trust, text="Letter rewritten", url="https://tracker.example.gov/7", by=manager)
    resolve(over, by=manager, now=over.opened_at + timedelta(hours=5))
    return [views, trust, over]


def test_every_page_is_clean_at_both_widths(
    service: Service,
    manager: Person,
    incidents: list[Incident],
    signed_in_page: Callable[[Person], Page],
) -> None:
    page, now = signed_in_page(manager), timezone.now()
    completion = service.watches.get(kind=Kind.COMPLETION)
    mute(completion, until=now + timedelta(days=1), by=manager, now=now)
    plan_maintenance(service, starts_at=now, ends_at=now + HOUR, reason="Servers", by=manager)
    hook = a_contact(unit=service.owner, channel="webhook", address="https://x.gov/")
    Attention.objects.create(
        service=service, replayed=[[each.value, 5 - n] for n, each in enumerate(Sensitivity)],
        replayed_days=28,
    )  # fmt: skip
    paths = [
        reverse("alarms:now"), *(reverse("alarms:incident", args=[e.pk]) for e in incidents),
        reverse("alarms:take", args=[incidents[0].pk]), reverse("alarms:history"),
        reverse("alarms:watched"), reverse("alarms:service", args=[service.code]),
        reverse("alarms:addresses"), reverse("alarms:new-address"),
        reverse("alarms:address", args=[hook.pk]),
    ]  # fmt: skip

    for number, path in enumerate(paths):
        page.goto(path)
        assert axe_at_both_widths(page) == [], path
        if folder := os.environ.get("CX280_PICTURES"):
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 900})
                page.screenshot(path=Path(folder) / f"{number}-{width}.png", full_page=True)


def test_an_alarm_is_taken_with_the_keyboard_alone(
    manager: Person, incidents: list[Incident], signed_in_page: Callable[[Person], Page]
) -> None:
    page = signed_in_page(manager)
    page.goto(reverse("alarms:take", args=[incidents[0].pk]))

    page.get_by_label("In a few words").focus()
    page.keyboard.type("I call the help desk.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    page.get_by_text("You have it. Others see that.").wait_for()
    assert page.get_by_text("“I call the help desk.”").is_visible()
