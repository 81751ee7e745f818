"""The pages of clearances: who reads and writes, and what they say in words."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.clearance.models import Clearance, Collection
from tests.builders import a_clearance, a_collection, a_person, a_unit, an_agency

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
TERMS = {
    "control_number": "1094-0123",
    "title": "Umbrella",
    "is_umbrella": "on",
    "starts_on": "2021-10-01",
    "expires_on": "2030-09-30",
    "responses_ceiling": "1000",
    "hours_ceiling": "100",
}


def text_of(response: Any) -> str:  # noqa: ANN401
    return " ".join(response.content.decode().split())


def test_a_lead_enters_a_clearance_and_a_collection_and_approves_it(sign_in: SignIn) -> None:
    agency = an_agency()
    client = sign_in(a_person(Role.CX_LEAD, agency))

    client.post(reverse("clearance:new"), {**TERMS, "organization": agency.pk})
    clearance = Clearance.objects.get()
    new = reverse("clearance:new-collection", args=[clearance.pk])
    client.post(new, {"title": "Permits", "kind": "survey", "responses": "900", "minutes": "2"})
    collection = Collection.objects.get()
    client.post(reverse("clearance:approve", args=[collection.pk]), {"approved_on": "2022-01-03"})

    page = text_of(client.get(reverse("clearance:clearance", args=[clearance.pk])))
    assert "1094-0123 covers our questions until Sep 30, 2030" in page
    assert "900 of 1,000 approved, 90 %" in page
    assert "approved Jan 3, 2022" in page


def test_what_was_typed_is_kept_when_a_number_is_wrong(sign_in: SignIn) -> None:
    agency = an_agency()
    client = sign_in(a_person(Role.CX_LEAD, agency))

    response = client.post(
        reverse("clearance:new"),
        {**TERMS, "organization": agency.pk, "control_number": "10940123"},
    )

    assert response.status_code == 422
    assert "Write it as NNNN-NNNN." in text_of(response)
    assert 'value="10940123"' in text_of(response)


@pytest.mark.proves("280.11-a2")
def test_an_approval_over_the_ceiling_is_refused_on_the_page(sign_in: SignIn) -> None:
    clearance = a_clearance(responses_ceiling=100)
    draft = a_collection(clearance, responses=101, state="draft", approved_on=None)
    client = sign_in(a_person(Role.CX_LEAD, clearance.organization))

    response = client.post(
        reverse("clearance:approve", args=[draft.pk]), {"approved_on": "2022-01-03"}
    )

    assert response.status_code == 422
    assert "the clearance allows 100" in text_of(response)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_the_clearance_that_ends_first_is_the_title_of_the_list(sign_in: SignIn) -> None:
    clearance = a_clearance(expires_on=timezone.localdate() + timedelta(days=12))
    manager = a_person(Role.PROGRAM_MANAGER, a_unit(clearance.organization, "bureau"))

    page = text_of(sign_in(manager).get(reverse("clearance:list")))

    assert f"Clearance {clearance.control_number} ends in 12 days" in page
    assert "Enter a clearance" not in page


def test_the_empty_list_says_what_to_do(sign_in: SignIn) -> None:
    page = text_of(sign_in(a_person(Role.CX_LEAD, an_agency())).get(reverse("clearance:list")))

    assert "Enter the umbrella clearance of your department" in page


def test_a_reader_changes_nothing_and_a_stranger_sees_nothing(sign_in: SignIn) -> None:
    collection = a_collection(state="draft", approved_on=None)
    clearance = collection.clearance
    writes = [
        reverse("clearance:edit", args=[clearance.pk]),
        reverse("clearance:withdraw", args=[clearance.pk]),
        reverse("clearance:new-collection", args=[clearance.pk]),
        reverse("clearance:approve", args=[collection.pk]),
        reverse("clearance:remove", args=[collection.pk]),
        reverse("clearance:close", args=[collection.pk]),
        reverse("clearance:edit-collection", args=[collection.pk]),
    ]

    client = sign_in(a_person(Role.ANALYST, clearance.organization))
    assert client.get(reverse("clearance:clearance", args=[clearance.pk])).status_code == 200
    assert {client.post(each).status_code for each in writes} == {403}

    client = sign_in(a_person(Role.CX_LEAD, an_agency()))
    assert client.get(reverse("clearance:clearance", args=[clearance.pk])).status_code == 404
    assert {client.post(each).status_code for each in writes} == {404}


def test_a_draft_is_changed_and_removed_and_an_approved_one_closed(sign_in: SignIn) -> None:
    clearance = a_clearance()
    draft = a_collection(clearance, state="draft", approved_on=None)
    approved = a_collection(clearance)
    client = sign_in(a_person(Role.CX_LEAD, clearance.organization))

    values = {"title": "New title", "kind": "usability_test", "responses": 20, "minutes": 30}
    client.post(reverse("clearance:edit-collection", args=[draft.pk]), values)
    draft.refresh_from_db()
    assert (draft.title, draft.kind, draft.responses) == ("New title", "usability_test", 20)

    client.post(reverse("clearance:remove", args=[draft.pk]))
    client.post(reverse("clearance:close", args=[approved.pk]))
    assert list(clearance.collections.values_list("state", flat=True)) == ["closed"]


def test_a_clearance_is_withdrawn_with_a_reason(sign_in: SignIn) -> None:
    clearance = a_clearance()
    client = sign_in(a_person(Role.CX_LEAD, clearance.organization))
    address = reverse("clearance:withdraw", args=[clearance.pk])
    today = timezone.localdate().isoformat()

    refused = client.post(address, {"on": today, "why": ""})
    assert refused.status_code == 422
    assert '<details class="cx-more" open>' in text_of(refused)
    client.post(address, {"on": today, "why": "OMB asked."})

    page = text_of(client.get(reverse("clearance:clearance", args=[clearance.pk])))
    assert f"{clearance.control_number} was withdrawn" in page
