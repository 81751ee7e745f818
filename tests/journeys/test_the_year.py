"""The year of a High-Impact Service Provider, in a browser: from its inventory to what came of it.

Inventory certified, two services designated and concurred with, a journey with its moment, four
quarters published, the assessment signed, the briefing taken along, the Action Plan published;
and the next year's plan shows what the last one achieved. What people decide is done on pages;
answers and the words of long forms are put into the record.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.capacity.models import Assessment
from cx280.deep_dive.actions.talks import plan_talk
from cx280.deep_dive.rules.vocabulary import Kind
from cx280.kernel.quarter import Quarter
from cx280.obligations.actions.bringing_up import bring_up
from cx280.obligations.models import Obligation
from cx280.obligations.queries.standing import lines_of
from cx280.obligations.rules.vocabulary import State
from cx280.plans.models import ActionPlan
from cx280.services.models import InventoryCycle, Journey, ServiceVolume
from tests.browser import axe_at_both_widths
from tests.builders import a_service
from tests.capacity.builders import a_step, answer_all
from tests.obligations.builders import Owing
from tests.plans.builders import an_action
from tests.reporting.quarters import Scene, a_scene, answered, released

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignedIn = Callable[[Person], Page]
YEAR = 2023
WHY = "Two thirds of our customers come for it, and many give up."


@pytest.mark.proves("280.14-a1", "280.14-b1", "280.14-d1", "280.14-e1")
def test_a_provider_lives_its_year_and_the_next_plan_shows_what_came_of_it(
    signed_in_page: SignedIn,
) -> None:
    scene = a_scene()
    second = a_service(scene.agency, name="Trail passes", hisp=scene.hisp)
    for each, customers in ((scene.service, 900), (second, 500)):
        ServiceVolume.objects.create(
            service=each, fiscal_year=YEAR - 1, customers=customers, source="Counts"
        )
    lead, official = signed_in_page(scene.lead), signed_in_page(scene.official)
    omb = signed_in_page(scene.reviewer)
    owing = Owing(scene.agency, scene.hisp, (scene.service, second), scene.lead, scene.official)

    certify_the_inventory(lead)
    designate(scene, second.name, lead, official, omb)
    draw_a_journey(scene, lead)
    for number in (1, 2, 3, 4):
        quarter = Quarter(YEAR, number)
        answered(scene, quarter)
        released(scene, quarter)
    assess(owing, lead, official)
    take_the_briefing_along(scene, lead)
    plan = promise(owing, lead, official, omb)
    see_what_came_of_it(owing, plan, lead)
    nothing_but_the_talk_is_left(scene)


def certify_the_inventory(page: Page) -> None:
    page.goto(reverse("services:cycles"))
    page.get_by_label("Fiscal year").fill(str(YEAR - 1))
    page.get_by_role("button", name="Open the inventory").click()
    page.goto(reverse("services:cycle", args=[InventoryCycle.objects.get().pk]))
    page.get_by_role("button", name="Start the review").click()
    page.get_by_role("button", name="Certify these 2 services").click()
    expect(page.locator("main")).to_contain_text("byte for byte")


def designate(scene: Scene, second: str, lead: Page, official: Page, omb: Page) -> None:
    """Two services, with why; signed; OMB concurs."""
    lead.goto(reverse("designation:list"))
    lead.get_by_label("Fiscal year").last.fill(str(YEAR))
    lead.get_by_role("button", name="Begin").click()
    proposal = reverse("designation:proposal", args=[scene.hisp.code, YEAR])
    for name in (scene.service.name, second):
        lead.goto(proposal)
        lead.get_by_label("Service", exact=True).select_option(label=name)
        lead.get_by_label("Why this service?").fill(WHY)
        lead.get_by_role("button", name="Put it forward").click()
    assert axe_at_both_widths(lead) == []
    official.goto(proposal)
    official.get_by_role("button", name="Sign and send to OMB").click()
    omb.goto(proposal)
    omb.get_by_role("button", name="OMB concurs").click()
    expect(omb.get_by_text("The services are designated.")).to_be_visible()


def draw_a_journey(scene: Scene, page: Page) -> None:
    """One more step on the journey that the survey's moment lies on."""
    journey = Journey.objects.get(service=scene.service)
    page.goto(reverse("journeys:edit", args=[journey.pk]))
    page.get_by_label("What does the customer do next?").fill("Tells a friend")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Added “Tells a friend”.")
    page.goto(reverse("journeys:evidence", args=[journey.pk]))
    expect(page.locator("main")).to_contain_text("No evidence")


def assess(owing: Owing, lead: Page, official: Page) -> None:
    lead.goto(reverse("capacity:list"))
    lead.get_by_label("Fiscal year").last.fill(str(YEAR))
    lead.get_by_role("button", name="Begin").click()
    begun = Assessment.objects.get(hisp=owing.hisp, fiscal_year=YEAR)
    answer_all(begun, owing)
    a_step(owing, YEAR)
    address = reverse("capacity:assessment", args=[begun.pk])
    official.goto(address)
    official.get_by_role("button", name="Sign").click()
    lead.goto(address)
    lead.get_by_role("button", name="Hand to OMB").click()
    begun.refresh_from_db()
    assert begun.stage == "submitted"


def take_the_briefing_along(scene: Scene, page: Page) -> None:
    """The slides are made of what was published."""
    talk = plan_talk(
        scene.hisp, kind=Kind.DEEP_DIVE, fiscal_year=YEAR, subject=f"Deep dive FY{YEAR}",
        planned_on=date(YEAR, 3, 24), by=scene.lead,
    )  # fmt: skip
    page.goto(reverse("briefings:briefing", args=[talk.pk]))
    expect(page.locator("main")).to_contain_text(scene.service.name)
    with page.expect_download() as slides:
        page.get_by_role("link", name="Download the slides (PPTX)").click()
    assert slides.value.path().read_bytes()[:2] == b"PK"


def promise(owing: Owing, lead: Page, official: Page, omb: Page) -> ActionPlan:
    lead.goto(reverse("plans:list"))
    lead.get_by_label("Fiscal year").last.fill(str(YEAR))
    lead.get_by_role("button", name="Begin").click()
    plan = ActionPlan.objects.get(hisp=owing.hisp, fiscal_year=YEAR)
    for each in owing.services:
        an_action(owing, plan, service=each)
    address = reverse("plans:plan", args=[plan.pk])
    official.goto(address)
    official.get_by_role("button", name="Sign").click()
    lead.goto(address)
    lead.get_by_role("button", name="Send to OMB").click()
    omb.goto(address)
    omb.get_by_role("button", name="Accept").click()
    omb.goto(address)
    omb.get_by_role("button", name="Publish").click()
    plan.refresh_from_db()
    assert plan.published_at is not None
    return plan


def see_what_came_of_it(owing: Owing, plan: ActionPlan, page: Page) -> None:
    """The next year's plan tells where each promise of the last one stands, by its measure."""
    page.goto(reverse("plans:list"))
    page.get_by_label("Fiscal year").last.fill(str(YEAR + 1))
    page.get_by_role("button", name="Begin").click()
    following = ActionPlan.objects.get(hisp=owing.hisp, fiscal_year=YEAR + 1)
    page.goto(reverse("plans:plan", args=[following.pk]))
    main = page.locator("main")
    for action in plan.actions.all():
        expect(main).to_contain_text(action.change)
    expect(main).to_contain_text("78.7")  # of 127 who answered in the last quarter


def nothing_but_the_talk_is_left(scene: Scene) -> None:
    """Every duty of the year is met but the deep dive, which was planned and not held."""
    today = date(YEAR, 11, 30)
    bring_up(today)
    owed = Obligation.objects.filter(hisp=scene.hisp, fiscal_year=YEAR)
    left = {line.obligation.code for line in lines_of(owed, today) if line.met_on is None}

    assert left - {"quarterly"} == {"deep_dive"}
    assert {line.state for line in lines_of(owed, today)} <= set(State)
