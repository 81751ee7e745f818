"""The pages of talks: OMB and the provider read them, nobody else; files; forms that are wrong."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.deep_dive.models import Discussion
from tests.builders import a_person
from tests.deep_dive.builders import DUE, a_follow_up, a_planned_talk, held
from tests.obligations.builders import Owing, a_provider_that_owes

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def owing() -> Owing:
    return a_provider_that_owes(timezone.localdate())


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def streamed(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.streaming
    return b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]


def test_omb_and_that_provider_read_a_talk_and_another_agency_finds_nothing(
    owing: Owing, sign_in: SignIn
) -> None:
    talk = held(a_planned_talk(owing.hisp, owing.lead), owing.lead)
    address = reverse("deep_dive:talk", args=[talk.pk])

    for reader in (owing.lead, owing.official, a_person(Role.OMB_REVIEWER)):
        assert "Mend the wait." in words(sign_in(reader), address)
    stranger = sign_in(a_person(Role.CX_LEAD))
    assert stranger.get(address).status_code == 404
    assert "Deep dive FY2023" not in words(stranger, reverse("deep_dive:list"))
    assert "Deep dive FY2023" not in streamed(stranger, reverse("deep_dive:list") + "?format=csv")
    given = {"held_on": "2023-03-01", "agreed": "x", "for_provider": "x", "for_omb": "x"}
    assert stranger.post(reverse("deep_dive:held", args=[talk.pk]), given).status_code == 404
    assert stranger.post(reverse("deep_dive:plan"), {"hisp": owing.hisp.code}).status_code == 422


def test_the_lead_plans_holds_and_follows_up(owing: Owing, sign_in: SignIn) -> None:
    client = sign_in(owing.lead)
    given = {
        "hisp": owing.hisp.code, "kind": "deep_dive", "fiscal_year": "2023",
        "subject": "Deep dive", "planned_on": "2023-03-24", "asks": "",
    }  # fmt: skip
    assert client.post(reverse("deep_dive:plan"), given).status_code == 302
    again = client.post(reverse("deep_dive:plan"), given)
    assert "for FY2023 already" in again.content.decode()
    talk = Discussion.objects.get()

    page = words(client, reverse("deep_dive:talk", args=[talk.pk]))
    assert "That day has passed, and nobody recorded that it was held." in page
    record = {"held_on": "2023-03-24", "agreed": "", "for_provider": "Lead", "for_omb": "Desk"}
    wrong = client.post(reverse("deep_dive:held", args=[talk.pk]), record)
    assert wrong.status_code == 422
    assert 'value="Lead"' in wrong.content.decode()
    client.post(reverse("deep_dive:held", args=[talk.pk]), record | {"agreed": "Mend the wait."})
    left = {
        "task": "question", "words": "How long?", "side": "provider", "owner": "",
        "due_on": "2023-04-24",
    }  # fmt: skip
    client.post(reverse("deep_dive:add-follow-up", args=[talk.pk]), left)
    follow_up = talk.follow_ups.get()
    assert "1 of them overdue" in words(client, reverse("deep_dive:list"))
    close = reverse("deep_dive:close-follow-up", args=[talk.pk, follow_up.pk])
    assert "What came of it: How long?" in words(client, close)
    client.post(close, {"done_on": "2023-04-20", "outcome": "12 minutes"})
    assert "12 minutes" in words(client, reverse("deep_dive:talk", args=[talk.pk]))
    assert "Nothing is left to do." in words(client, reverse("deep_dive:follow-ups"))


def test_the_lists_come_as_streamed_csv_and_json(owing: Owing, sign_in: SignIn) -> None:
    talk = held(a_planned_talk(owing.hisp, owing.lead), owing.lead)
    a_follow_up(talk, owing.lead, words="=cmd()", due_on=DUE + timedelta(days=3))
    client = sign_in(a_person(Role.OMB_REVIEWER))

    talks = list(
        csv.DictReader(io.StringIO(streamed(client, reverse("deep_dive:list") + "?format=csv")))
    )
    left = json.loads(streamed(client, reverse("deep_dive:follow-ups") + "?format=json"))

    assert (talks[0]["held_on"], talks[0]["overdue"]) == ("2023-03-31", "1")
    assert (left[0]["words"], left[0]["due_on"]) == ("=cmd()", "2023-04-03")
    file = streamed(client, reverse("deep_dive:follow-ups") + "?format=csv")
    assert "'=cmd()" in file
    assert client.get(reverse("deep_dive:list") + "?format=xls").status_code == 404


def test_the_obligation_leads_to_the_talks(owing: Owing, sign_in: SignIn) -> None:
    row = owing.owes("deep_dive", "FY2023")

    page = words(sign_in(owing.lead), reverse("obligations:obligation", args=[row.pk]))

    assert f'href="{reverse("deep_dive:list")}"' in page
