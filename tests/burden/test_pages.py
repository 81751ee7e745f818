"""The burden of a journey in the record and on its page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.burden.actions import assess_step, state_wage
from cx280.burden.models import StepBurden
from cx280.burden.queries import burden_of, burden_of_journey, burdens_of
from cx280.burden.rules.amounts import Amount
from cx280.kernel.problem import Conflict, Unusable
from cx280.paperwork.models import BurdenChange, BurdenEstimate
from cx280.services.models import Journey, JourneyStep, ServiceCustomer
from tests.browser import faults_on
from tests.builders import a_journey, a_person, a_service, an_agency

SignIn = Callable[[Person], Client]
SignedIn = Callable[[Person], Page]
FIRST, LATER, TODAY = date(2023, 1, 1), date(2023, 6, 1), date(2023, 9, 1)


@dataclass(frozen=True, slots=True)
class Walked:
    """A journey with one step in which people do something."""

    journey: Journey
    step: JourneyStep
    manager: Person


def walked() -> Walked:
    agency = an_agency()
    journey = a_journey(a_service(agency, name="Boat permits"))
    return Walked(journey, journey.steps.get(name="Applies"),
                  a_person(Role.PROGRAM_MANAGER, agency))  # fmt: skip


def an_assessed_step(by: Walked, **fields: Any) -> StepBurden:
    values = {
        "step": by.step, "segment": "", "from_on": FIRST, "repeats": Decimal(2),
        "learning_minutes": Decimal(10), "paper_minutes": Decimal(20), "documents": 1,
        "document_minutes": Decimal(15), "trips": 0, "fees": Decimal(5), "observed": 20,
        "source": "Timed in May", **fields,
    }  # fmt: skip
    return assess_step(by.journey, by=by.manager, values=values)


@pytest.mark.django_db
@pytest.mark.proves("280.14-f3", "280.14-f4")
def test_a_step_and_its_journey_are_told_and_what_nobody_looked_at_is_not_nothing() -> None:
    by = walked()
    before = burden_of(by.step, TODAY)
    assert before is not None
    assert before.time == Amount()

    an_assessed_step(by, fees=None)

    step = burden_of(by.step, TODAY)
    assert step is not None
    assert step.time == Amount(Decimal(90), True)
    assert step.money == Amount(Decimal(0), False)
    assert len(burdens_of(by.journey, TODAY)) == 3
    told = burden_of_journey(by.journey, TODAY)
    assert told.everybody is not None
    assert "at least $0" in told.everybody.words


@pytest.mark.django_db
@pytest.mark.proves("280.14-f3")
def test_time_is_told_in_money_only_at_a_rate_with_its_source() -> None:
    by = walked()
    an_assessed_step(by)
    assert burden_of_journey(by.journey, TODAY).in_money is None

    rate = {"dollars_an_hour": Decimal(30), "from_on": FIRST}
    with pytest.raises(Unusable):
        state_wage(by.journey, by=by.manager, values={**rate, "source": " "})
    state_wage(by.journey, by=by.manager, values={**rate, "source": "BLS, May 2023"})

    assert burden_of_journey(by.journey, TODAY).in_money == Amount(Decimal(45), True)
    assert burden_of_journey(by.journey, date(2022, 1, 1)).in_money is None


@pytest.mark.django_db
def test_a_day_s_assessment_is_stated_once_and_a_step_of_another_journey_is_refused() -> None:
    by, other = walked(), walked()
    an_assessed_step(by)

    with pytest.raises(Conflict):
        an_assessed_step(by)
    with pytest.raises(Unusable):
        an_assessed_step(by, step=other.step)


@pytest.mark.django_db
@pytest.mark.proves("280.11-b3", "280.14-f4", "280.11-b2")
def test_changes_and_segments_of_few_people_are_not_told(sign_in: SignIn) -> None:
    by = walked()
    change = BurdenChange.objects.create(
        service=by.journey.service, title="A shorter form", changed_on=LATER
    )
    an_assessed_step(by, people_per_year=60)
    an_assessed_step(by, from_on=LATER, paper_minutes=Decimal(5), change=change,
                     people_per_year=60)  # fmt: skip
    an_assessed_step(by, segment="Moved", observed=6, paper_minutes=Decimal(777))
    an_assessed_step(by, segment="Far away", observed=12, paper_minutes=Decimal(777))
    client = sign_in(by.manager)

    page = " ".join(
        client.get(reverse("burden:journey", args=[by.journey.pk])).content.decode().split()
    )
    document = json.loads(client.get(reverse("burden:json", args=[by.journey.pk])).content)
    listed = b"".join(client.get(reverse("burden:csv", args=[by.journey.pk]))).decode()

    assert document["too_few_to_show"] == ["Far away", "Moved"]
    assert "777" not in page + listed + str(document)
    assert "A shorter form: 30 minutes less of each person" in page
    assert document["changes"][0]["hours_saved_a_year"] == "30.00"


@pytest.mark.django_db
def test_the_inventory_of_the_service_counts_where_it_names_a_step() -> None:
    by = walked()
    BurdenEstimate.objects.create(
        service=by.journey.service, step=by.step, step_name="Applies", from_on=FIRST,
        people_per_year=100, learning_minutes=10, compliance_minutes=50, cost=3, source="A pilot",
    )  # fmt: skip

    step = burden_of(by.step, TODAY)

    assert step is not None
    assert (step.time, step.money) == (Amount(Decimal(60), True), Amount(Decimal(3), False))
    an_assessed_step(by)
    own = burden_of(by.step, TODAY)
    assert own is not None
    assert own.assessment is not None
    assert own.assessment.source == "Timed in May"


@pytest.mark.django_db
def test_groups_of_the_inventory_and_those_used_before_are_offered(sign_in: SignIn) -> None:
    by = walked()
    ServiceCustomer.objects.create(
        service=by.journey.service, customer_type="individual",
        interaction_path="direct",
    )  # fmt: skip
    an_assessed_step(by, segment="<Far away>")

    page = sign_in(by.manager).get(reverse("burden:assess", args=[by.journey.pk])).content.decode()

    assert '<datalist id="segment-offered"><option value="&lt;Far away&gt;">' in page
    assert '<option value="Individuals">' in page
    assert 'list="segment-offered"' in page


@pytest.mark.django_db
def test_another_agency_finds_none_of_it(sign_in: SignIn) -> None:
    by = walked()
    stranger = sign_in(a_person(Role.CX_LEAD, an_agency()))

    for name in ("journey", "csv", "json", "assess", "wage"):
        assert stranger.get(reverse(f"burden:{name}", args=[by.journey.pk])).status_code == 404
    assert by.journey.name not in stranger.get(reverse("burden:journeys")).content.decode()
    reader = sign_in(a_person(Role.ANALYST, by.journey.service.owner))
    assert reader.post(reverse("burden:assess", args=[by.journey.pk])).status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("280.14-f3", "280.14-f4")
def test_a_step_is_assessed_by_keyboard_and_every_page_passes_axe(signed_in_page: SignedIn) -> None:
    by = walked()
    page = signed_in_page(by.manager)
    address = reverse("burden:journey", args=[by.journey.pk])
    page.goto(address)
    expect(page.get_by_text("Nobody assessed it yet, so nothing is known")).to_be_visible()

    page.get_by_role("link", name="Assess a step").press("Enter")
    page.get_by_label("Which step?").select_option(label="Applies")
    page.get_by_label("Minutes to find out").fill("25")
    page.get_by_label("Strain: the mean").fill("3.5")
    page.get_by_label("Where do the figures come from?").fill("Timed with 12 people")
    page.get_by_role("button", name="Keep it").press("Enter")
    expect(page.get_by_text("Say of how many people the mean is.").first).to_be_visible()
    page.get_by_label("How many were asked about strain?").fill("12")
    page.get_by_role("button", name="Keep it").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("at least 25 minutes")
    expect(page.get_by_text("3.5 (n 12)").first).to_be_visible()
    addresses = [
        address, reverse("burden:journeys"), reverse("burden:assess", args=[by.journey.pk]),
        reverse("burden:wage", args=[by.journey.pk]),
    ]  # fmt: skip
    assert faults_on(page, addresses) == {}
