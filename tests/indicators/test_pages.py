"""The pages of indicators: who sees which, what is told where nothing is, and one whole journey."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.indicators.actions.publishing import publish_paper
from cx280.indicators.models import Indicator
from cx280.indicators.rules.vocabulary import Paper
from cx280.kernel.quarter import fiscal_year_of
from tests.browser import faults_on
from tests.builders import a_person
from tests.indicators.builders import a_cost, a_wait, aims_at, an_indicator
from tests.reporting.quarters import a_scene, answered

SignIn = Callable[[Person], Client]
SignedIn = Callable[[Person], Page]


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.django_db
@pytest.mark.proves("280.3-b2", "280.8-b4")
def test_what_is_missing_is_told_with_its_rule_and_edition(sign_in: SignIn) -> None:
    scene = a_scene()
    client = sign_in(scene.lead)
    a_cost(scene.service, scene.lead)

    register = words(client, reverse("indicators:list"))
    card = words(client, reverse("indicators:scorecard", args=[scene.service.code]))

    assert register.count("No measure.") == 4
    assert 'href="/rules/280.12-a2/"' in register
    assert "(2022)" in register.split("What the plan for")[1]
    assert card.count("No measure.") == 4
    assert card.index("Experience:") < card.index("Financial:")
    assert "Scorecard" in words(client, reverse("services:service", args=[scene.service.code]))


@pytest.mark.django_db
def test_the_form_tells_what_is_wrong_and_keeps_what_was_typed(sign_in: SignIn) -> None:
    scene = a_scene()
    client = sign_in(scene.lead)
    address = reverse("indicators:new") + f"?service={scene.service.code}"
    given = {
        "kind": "financial", "name": "Cost of a case", "formula": "Cost divided by cases",
        "source": "Ledger", "owner": "Budget office", "frequency": "yearly", "direction": "down",
        "baseline": "forty", "in_plan": "on",
    }  # fmt: skip

    refused = client.post(address, given)

    assert refused.status_code == 422
    page = refused.content.decode()
    assert "Say in which unit" in page
    assert "Write a number" in page
    assert "Cost divided by cases" in page
    client.post(
        address, {**given, "unit": "dollars", "baseline": "1,240", "baseline_on": "2021-09-30"}
    )
    row = Indicator.objects.get()
    assert row.baseline == 1240

    year = reverse("indicators:year", args=[row.pk])
    assert client.post(year, {"fiscal_year": 2022, "actual": "1,300"}).status_code == 422
    client.post(year, {"fiscal_year": 2022, "target": "1,200", "actual": "1,300",
                       "actual_source": "Ledger"})  # fmt: skip
    page = words(client, reverse("indicators:indicator", args=[row.pk]))
    assert "1,300 dollars" in page
    assert "stated by the agency: Ledger" in page
    assert "Short of the target" in page


@pytest.mark.django_db
def test_omb_reads_what_is_published_and_no_draft(sign_in: SignIn) -> None:
    scene = a_scene()
    row = a_cost(scene.service, scene.lead)
    draft = reverse("indicators:draft", args=[scene.agency.code, "plan", 2023])
    omb = sign_in(a_person(Role.OMB_REVIEWER))

    assert omb.get(draft).status_code == 404
    assert omb.get(reverse("indicators:indicator", args=[row.pk])).status_code == 404
    assert omb.get(reverse("indicators:list")).status_code == 302
    assert "No agency has published one yet" in words(omb, reverse("indicators:published"))
    publish_paper(scene.agency, Paper.PLAN, 2023, by=scene.official, now=timezone.now())
    assert "Annual Performance Plan FY2023" in words(omb, reverse("indicators:published"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_plan_is_made_and_published_at_both_widths(signed_in_page: SignedIn) -> None:
    scene = a_scene()
    answered(scene)
    year = fiscal_year_of(timezone.localdate())
    trust = an_indicator(scene.service, scene.lead)
    aims_at(trust, year, 0.8, scene.lead)
    a_wait(scene.service, scene.lead)
    code = scene.agency.code
    page = signed_in_page(scene.lead)
    page.goto(reverse("indicators:scorecard", args=[scene.service.code]))
    page.get_by_role("link", name="Add one of financial").click()
    page.get_by_label("What is it called?").fill("Cost of a case")
    page.get_by_label("How is it worked out").fill("Cost divided by cases")
    page.get_by_label("Where does the figure come from?").fill("Ledger")
    page.get_by_label("Who answers for it?").fill("Budget office")
    page.get_by_label("Unit").fill("dollars")
    page.get_by_role("button", name="Keep").press("Enter")
    expect(page.get_by_text("Kept. Now set its targets by year.")).to_be_visible()

    addresses = [
        reverse("indicators:list"),
        reverse("indicators:scorecard", args=[scene.service.code]),
        reverse("indicators:indicator", args=[trust.pk]),
        reverse("indicators:edit", args=[trust.pk]),
        reverse("indicators:new"),
        reverse("indicators:draft", args=[code, "report", 2022]),
    ]
    assert faults_on(page, addresses) == {}

    page = signed_in_page(scene.official)
    page.goto(reverse("indicators:draft", args=[code, "plan", year]))
    page.get_by_role("button", name="Publish").press("Enter")
    expect(page.get_by_text("Published. Everybody can read it now.")).to_be_visible()
    assert faults_on(page, [reverse("indicators:public", args=[code, "plan", year])]) == {}
