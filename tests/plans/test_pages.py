"""The pages of Action Plans, in Chromium and without it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.plans.actions.moving import publish_plan, sign_plan, submit_plan
from cx280.plans.models import Action, ActionPlan, PainPoint
from tests.browser import faults_on
from tests.builders import a_person
from tests.obligations.builders import Owing, a_provider_that_owes
from tests.pages.tagged import lacks
from tests.plans.builders import a_ready_plan

SignIn = Callable[[Person], Client]
SignedIn = Callable[[Person], Page]


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def a_published_plan(owing: Owing) -> ActionPlan:
    plan = a_ready_plan(owing)
    sign_plan(plan, by=owing.official)
    submit_plan(plan, by=owing.lead)
    publish_plan(plan, by=a_person(Role.OMB_REVIEWER))
    return plan


@pytest.mark.django_db
def test_a_half_written_action_is_kept_and_what_is_missing_is_told(sign_in: SignIn) -> None:
    owing = a_provider_that_owes(date(2023, 7, 1))
    client = sign_in(owing.lead)
    client.post(reverse("plans:list"), {"hisp": owing.hisp.code, "fiscal_year": 2023})
    plan = ActionPlan.objects.get()
    address = reverse("plans:new-action", args=[plan.pk])

    given = {"service": owing.services[0].pk, "change": "Answer every call within five minutes"}
    refused = client.post(address, {**given, "baseline": "seventy"})
    assert refused.status_code == 422
    assert "Write a percentage between 0 and 100" in refused.content.decode()
    assert "Answer every call within five minutes" in refused.content.decode()
    client.post(address, {**given, "baseline": "70.5 %"})

    assert Action.objects.get().baseline == pytest.approx(0.705)
    page = words(client, reverse("plans:plan", args=[plan.pk]))
    assert "Nothing is planned for Trail passes" in page
    assert "names no measure" in page
    assert ">Sign<" not in page


@pytest.mark.django_db
@pytest.mark.proves("280.17-f3")
def test_everybody_reads_what_is_published_and_nothing_internal(client: Client) -> None:
    owing = a_provider_that_owes(date(2023, 7, 1))
    a_published_plan(owing)
    where = [owing.hisp.code, 2023]

    page = words(client, reverse("plans:public", args=where))
    found = client.get(reverse("plans:public-json", args=where)).json()
    pdf = client.get(reverse("plans:public-pdf", args=where))

    assert "what it commits to improve in FY2024" in page
    assert "Ask the union" not in page
    assert found["actions"][0]["target"] == 0.75
    assert lacks(pdf.content) == []
    assert not client.cookies
    assert client.get(reverse("plans:public", args=[owing.hisp.code, 2022])).status_code == 404


@pytest.mark.django_db
def test_the_next_plan_shows_what_the_last_one_achieved(sign_in: SignIn) -> None:
    owing = a_provider_that_owes(date(2023, 7, 1))
    a_published_plan(owing)
    following = a_ready_plan(owing, 2024)

    page = words(sign_in(owing.lead), reverse("plans:plan", args=[following.pk]))

    assert "What the last plan achieved" in page
    assert "Nobody has answered yet." in page


@pytest.mark.django_db
def test_a_pain_point_takes_evidence(sign_in: SignIn) -> None:
    owing = a_provider_that_owes(date(2023, 7, 1))
    client = sign_in(owing.lead)
    given = {"service": owing.services[0].pk, "words": "Long waits", "kind": "telemetry"}

    assert client.post(reverse("plans:pain-points"), given).status_code == 422
    client.post(reverse("plans:pain-points"), {**given, "evidence": "Half leave at step 3"})
    client.post(reverse("plans:pain-points"), {**given, "evidence": "So say interviews"})

    assert PainPoint.objects.get().evidence.count() == 2


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_passes_axe_at_both_widths(signed_in_page: SignedIn) -> None:
    owing = a_provider_that_owes(date(2023, 7, 1))
    plan = a_published_plan(owing)
    draft = a_ready_plan(owing, 2024)
    action = draft.actions.first()
    assert action is not None
    addresses = [
        reverse("plans:list"),
        reverse("plans:pain-points"),
        reverse("plans:plan", args=[plan.pk]),
        reverse("plans:plan", args=[draft.pk]),
        reverse("plans:action", args=[draft.pk, action.pk]),
        reverse("plans:edit-action", args=[draft.pk, action.pk]),
        reverse("plans:public", args=[owing.hisp.code, 2023]),
    ]

    assert faults_on(signed_in_page(owing.lead), addresses) == {}
    omb = signed_in_page(a_person(Role.OMB_REVIEWER))
    names = ("plans:version", "plans:return")
    sent = [reverse(name, args=[plan.pk, 1]) for name in names]
    assert (
        faults_on(omb, [reverse("plans:plan", args=[plan.pk]), *sent, reverse("plans:list")]) == {}
    )


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_plan_is_written_and_signed_with_the_keyboard(signed_in_page: SignedIn) -> None:
    owing = a_provider_that_owes(date(2023, 7, 1))
    plan = a_ready_plan(owing)
    page = signed_in_page(owing.official)
    page.goto(reverse("plans:plan", args=[plan.pk]))

    page.get_by_role("button", name="Sign").press("Enter")

    expect(page.get_by_text("Signed. The CX lead can send it to OMB now.")).to_be_visible()
