"""OMB chooses and leads, agencies propose, everybody reads what is designated and released."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from cx280.life_experiences import access
from cx280.life_experiences.actions.leading import (
    add_member,
    save_experience,
    take_in,
    take_out,
    tell_progress,
)
from cx280.life_experiences.actions.proposing import propose_milestone, propose_service
from cx280.life_experiences.models import LifeExperience
from cx280.life_experiences.queries.experiences import findings_of, whole_of
from tests.browser import faults_on
from tests.builders import a_person, a_service, an_agency
from tests.reporting.quarters import Scene, a_scene, answered, released

SignIn = Callable[[Person], Client]
SignedIn = Callable[[Person], Page]
DAY = date(2023, 3, 1)


def an_experience(omb: Person, **fields: object) -> LifeExperience:
    """A designated one, without services."""
    given = {
        "name": "Recovering from a flood", "code": "flood", "story": "The ground floor is wet.",
        "designated_on": DAY, "charter_url": "https://www.performance.gov/cx/projects/flood",
        "lead": None, **fields,
    }  # fmt: skip
    return save_experience(None, fields=given, by=omb)


def joins(experience: LifeExperience, scene: Scene, omb: Person) -> None:
    propose_service(experience, scene.service, need="Money", by=omb, now=timezone.now())


@pytest.mark.django_db
@pytest.mark.proves("280.13-c1")
def test_only_omb_chooses_and_leads() -> None:
    scene = a_scene()
    for person in (scene.lead, scene.official, scene.manager, a_person(Role.ADMINISTRATOR)):
        with pytest.raises(NotAllowed, match="Only OMB"):
            an_experience(person)
    found = an_experience(scene.reviewer)

    with pytest.raises(NotAllowed):
        add_member(found, agency=scene.agency, name="", level="federal", task="", by=scene.lead)
    with pytest.raises(Conflict, match="of this code"):
        an_experience(scene.reviewer)
    with pytest.raises(Unusable, match="charter"):
        an_experience(scene.reviewer, code="b", charter_url="", charter_published_on=DAY)
    assert AuditEntry.objects.filter(action="write_life_experience").count() == 1


@pytest.mark.django_db
@pytest.mark.proves("280.13-c1", "280.4-d2")
def test_an_agency_proposes_its_own_and_omb_takes_it_in() -> None:
    scene, other = a_scene(), a_service(name="Shelter")
    found = an_experience(scene.reviewer)
    stranger = a_person(Role.CX_LEAD, other.owner)
    with pytest.raises(NotAllowed):
        propose_service(found, other, need="A bed", by=scene.lead, now=timezone.now())
    with pytest.raises(Unusable):
        propose_service(found, scene.service, need=" ", by=scene.lead, now=timezone.now())

    mine = propose_service(found, scene.service, need="Money", by=scene.lead, now=timezone.now())
    with pytest.raises(Conflict):
        propose_service(found, scene.service, need="Money", by=scene.lead, now=timezone.now())

    assert not whole_of(found, DAY).places
    assert not access.services_to_show(stranger, found).exists()
    assert access.services_to_show(scene.lead, found).get() == mine
    with pytest.raises(NotAllowed):
        take_in(mine, by=scene.lead, now=timezone.now())
    take_in(mine, by=scene.reviewer, now=timezone.now())
    assert [each.need for each in whole_of(found, DAY).places] == ["Money"]
    take_out(mine, by=scene.reviewer)
    assert not whole_of(found, DAY).places


@pytest.mark.django_db
@pytest.mark.proves("280.13-c3")
def test_lead_members_and_the_next_milestone_are_shown() -> None:
    scene = a_scene()
    omb, now = scene.reviewer, timezone.now()
    found = an_experience(omb, lead=scene.agency)
    add_member(found, agency=scene.agency, name="", level="federal", task="Grants", by=omb)
    add_member(found, agency=None, name="Three river states", level="state", task="", by=omb)
    with pytest.raises(Unusable):
        add_member(found, agency=None, name="", level="state", task="", by=omb)
    first = propose_milestone(found, name="One form", due=DAY, by=omb, now=now)
    proposed = propose_milestone(found, name="Shelter by phone", due=date(2022, 1, 1),
                                 by=scene.lead, now=now)  # fmt: skip
    stranger = a_person(Role.CX_LEAD, an_agency())
    with pytest.raises(NotAllowed, match="take part"):
        propose_milestone(found, name="x", due=DAY, by=stranger, now=now)

    whole = whole_of(found, DAY)
    assert whole.next is not None
    assert whole.next.name == "One form"
    assert [str(each) for each in whole.members] == [
        f"{scene.agency.name}: Grants", "Three river states (state)",
    ]  # fmt: skip
    assert proposed not in access.milestones_to_show(stranger, found)
    with pytest.raises(Unusable, match="on which day"):
        tell_progress(first, progress="done", done_on=None, by=omb)
    tell_progress(first, progress="done", done_on=DAY, by=omb)
    assert whole_of(found, DAY).next is None
    assert [each.rule for each in findings_of(found, DAY)] == ["280.13-c3"]


@pytest.mark.django_db
@pytest.mark.proves("280.4-d2", "INC-05")
def test_two_agencies_services_stand_side_by_side_from_releases_only() -> None:
    one, other, silent = a_scene("Flood grants"), a_scene("Shelter"), a_scene("Advice")
    for scene in (one, other):
        answered(scene)
        released(scene)
    answered(silent)  # answers, and no release
    found = an_experience(one.reviewer)
    for scene in (one, other, silent):
        joins(found, scene, one.reviewer)

    whole = whole_of(found, DAY)

    assert len(whole.agencies) == 3
    assert [(each.service.name, each.has_figures) for each in whole.places] == [
        ("Flood grants", True), ("Shelter", True), ("Advice", False),
    ]  # fmt: skip
    (trust, _) = whole.measures
    (group,) = trust.groups
    assert [(each.service, each.share.n) for each in group.sides] == [
        ("Flood grants", 127), ("Shelter", 127),
    ]  # fmt: skip


@pytest.mark.django_db
@pytest.mark.proves("280.13-c4", "280.9-b2")
def test_everybody_reads_a_designated_one_with_its_charter_and_no_draft(client: Client) -> None:
    scene = a_scene()
    answered(scene)
    released(scene)
    found = an_experience(scene.reviewer)
    joins(found, scene, scene.reviewer)
    an_experience(scene.reviewer, code="birth", name="Having a child", designated_on=None)
    stranger = a_person(Role.CX_LEAD, an_agency())
    with pytest.raises(NotFound):
        access.experience_to_see(stranger, "birth")

    page = client.get(reverse("life_experiences:public", args=["flood"])).content.decode()
    told = client.get(reverse("life_experiences:public-json", args=["flood"])).json()
    listed = client.get("/data/v1/life-experiences").json()

    assert 'href="https://www.performance.gov/cx/projects/flood"' in page
    assert "never averaged" in page
    assert [each["code"] for each in listed["items"]] == ["flood"]
    assert listed["items"][0] == told
    (side,) = told["measures"][0]["alone"]
    assert (side["n"], side["share"]) == (127, 100 / 127)
    assert client.get(reverse("life_experiences:public", args=["birth"])).status_code == 404
    assert "Having a child" not in client.get("/life-experiences/").content.decode()
    assert not client.cookies


@pytest.mark.django_db
def test_the_empty_lists_say_what_will_appear(sign_in: SignIn) -> None:
    assert "No life experience is designated yet" in (
        Client().get("/life-experiences/").content.decode()
    )
    page = sign_in(a_person(Role.OMB_REVIEWER)).get(reverse("life_experiences:list"))
    assert "Choose one" in page.content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_one_is_chosen_proposed_to_and_read(signed_in_page: SignedIn) -> None:
    scene = a_scene()
    page = signed_in_page(scene.reviewer)
    page.goto(reverse("life_experiences:new"))
    page.get_by_label("What do people go through?").fill("Recovering from a flood")
    page.get_by_label("Code for addresses").fill("flood")
    page.get_by_label("Lead agency").select_option(scene.agency.name)
    page.get_by_label("Designated on").fill("2023-03-01")
    page.get_by_role("button", name="Keep").press("Enter")
    expect(page.get_by_text("Kept.")).to_be_visible()

    lead = signed_in_page(scene.lead)
    lead.goto(reverse("life_experiences:experience", args=["flood"]))
    lead.get_by_text("Propose a service of ours").click()
    lead.get_by_label("What do people need it for?").fill("Money")
    lead.get_by_role("button", name="Propose it").first.press("Enter")
    expect(lead.get_by_text("Proposed. OMB decides on it.")).to_be_visible()

    page.goto(reverse("life_experiences:experience", args=["flood"]))
    page.get_by_role("button", name="Take in").press("Enter")
    expect(page.get_by_text("Taken in.")).to_be_visible()
    staff = ["list", "new"]
    addresses = [reverse(f"life_experiences:{each}") for each in staff]
    addresses.append(reverse("life_experiences:experience", args=["flood"]))
    addresses += [reverse("life_experiences:public", args=["flood"]), "/life-experiences/"]
    assert faults_on(page, addresses) == {}
