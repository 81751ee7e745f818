"""The pages of research, with and without Chromium."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.research.models import Insight, ResearchStudy, Terms, TestRound
from tests.browser import faults_on
from tests.builders import a_designation, a_hisp, a_person, an_agency
from tests.research.builders import Studied, a_round, a_study, an_agency_that_asks, an_insight

SignIn = Callable[[Person], Client]
SignedIn = Callable[[Person], Page]


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def asking() -> Studied:
    by = an_agency_that_asks()
    a_designation(a_hisp(by.agency), by.service)
    return by


@pytest.mark.django_db
@pytest.mark.proves("280.9-f2", "280.14-f5")
def test_a_round_is_entered_and_counted_and_the_tenth_person_is_told(sign_in: SignIn) -> None:
    by = asking()
    client = sign_in(by.manager)
    sent = {
        "service": by.service.pk, "flow_name": "Renewal on a phone", "held_on": "2023-03-20",
        "asks": "The usual tasks", "planned": 9, "came": 10, "employees": 3,
    }  # fmt: skip

    refused = client.post(reverse("research:new-round"), {**sent, "flow_name": ""})
    assert refused.status_code == 422
    assert "Choose a flow, or name what was tried" in refused.content.decode()
    client.post(reverse("research:new-round"), sent)

    assert TestRound.objects.get().came == 10
    page = words(client, reverse("research:rounds"))
    assert "FY2023: 1 round" in page
    assert "10 members of the public were or are asked the same" in page
    listed = b"".join(client.get(reverse("research:rounds-csv")))
    assert b"Renewal on a phone,2023,1,2023-03-20,The usual tasks,9,10,3,no" in listed


@pytest.mark.django_db
@pytest.mark.proves("280.9-e4")
def test_insights_are_exported_as_they_were_looked_for_and_never_with_names(
    sign_in: SignIn,
) -> None:
    by = asking()
    an_insight(by, "They look for the price")
    an_insight(by, "They wait for a letter")
    client = sign_in(by.manager)

    found = json.loads(client.get(reverse("research:insights-json") + "?words=pric").content)
    listed = b"".join(client.get(reverse("research:insights-csv"))).decode()

    assert [each["insight"] for each in found] == ["They look for the price"]
    assert "They wait for a letter" in listed
    assert by.manager.name not in listed + str(found)
    assert "Nothing fits." in words(client, reverse("research:insights") + "?words=boat+zebra")


@pytest.mark.django_db
def test_segments_tags_and_periods_are_kept_by_the_agency(sign_in: SignIn) -> None:
    by = asking()
    client = sign_in(by.manager)

    def send(what: str, **given: object) -> int:
        return client.post(reverse("research:add-word", args=[what]), given).status_code

    assert send("segment", name="Divers") == 302
    assert send("segment", name="divers") == 422
    assert send("tag", name="Cost") == 302
    assert send("terms", confirm_months=0, study_months=24) == 422
    assert send("terms", confirm_months=6, study_months=24) == 302
    assert send("nothing") == 404
    share = {"service": by.service.pk, "segment": by.far.pk, "percent": 25, "source": "A count"}
    assert send("share", **share) == 302

    assert Terms.objects.get().confirm_months == 6
    assert "25 %" in words(client, reverse("research:words"))


@pytest.mark.django_db
def test_omb_and_other_agencies_open_none_of_it(sign_in: SignIn) -> None:
    by = asking()
    study, insight = a_study(by), an_insight(by, "They look for the price")

    stranger = sign_in(a_person(Role.CX_LEAD, an_agency()))
    for address in (
        reverse("research:study", args=[study.pk]),
        reverse("research:insight", args=[insight.pk]),
        reverse("research:edit-round", args=[a_round(by).pk]),
    ):
        assert stranger.get(address).status_code == 404
    assert "They look for the price" not in words(stranger, reverse("research:insights"))
    reviewer = sign_in(a_person(Role.OMB_REVIEWER))
    assert reviewer.get(reverse("research:insights")).status_code == 403
    assert "/research/" not in words(reviewer, reverse("services:service", args=[by.service.code]))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.proves("280.4-b3", "280.9-e2", "280.9-e4")
def test_a_study_becomes_an_insight_by_keyboard_and_every_page_passes_axe(
    signed_in_page: SignedIn,
) -> None:
    by = asking()
    page = signed_in_page(by.manager)

    page.goto(reverse("research:new-study") + f"?service={by.service.code}")
    page.get_by_label("Title").fill("Why people give up")
    page.get_by_label("What do you want to learn?").fill("Where do they stop?")
    page.get_by_label("Qualitative").press("Space")
    page.get_by_label("Who does it?").select_option(label=by.agency.name)
    page.get_by_label("First day").fill("2023-03-01")
    page.get_by_label("Last day").fill("2023-03-10")
    page.get_by_role("button", name="Keep the study").press("Enter")
    page.get_by_text("Count a segment").press("Enter")
    page.get_by_label("Planned").fill("8")
    page.get_by_label("Took part").fill("5")
    page.get_by_role("button", name="Count them").press("Enter")
    expect(page.get_by_text("5 of 8 planned came, 3 short")).to_be_visible()
    expect(page.get_by_text("Nobody of “Far from an office” takes part")).to_be_visible()

    page.goto(reverse("research:new-insight"))
    page.get_by_label("What do we know?").fill("They look for the price before the day")
    page.get_by_role("button", name="Keep it").press("Enter")
    page.get_by_label("What does it show?").fill("In 4 of 5 interviews")
    page.get_by_label("Which study?").select_option(label="Why people give up")
    page.get_by_role("button", name="Add it").press("Enter")
    page.get_by_role("button", name="It still holds").press("Enter")
    expect(page.get_by_text("Confirmed as of today.")).to_be_visible()

    study, insight, held = ResearchStudy.objects.get(), Insight.objects.get(), a_round(by)
    addresses = [
        reverse(f"research:{each}")
        for each in ("standing", "insights", "studies", "rounds", "words", "new-round")
    ]
    addresses += [
        reverse("research:study", args=[study.pk]),
        reverse("research:edit-study", args=[study.pk]),
        reverse("research:insight", args=[insight.pk]),
        reverse("research:edit-insight", args=[insight.pk]),
        reverse("research:edit-round", args=[held.pk]),
    ]
    assert faults_on(page, addresses) == {}
