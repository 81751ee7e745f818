"""The pages of what is owed: each person's part, the calendar, the files, and what goes wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
import vobject  # type: ignore[import-untyped]
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.obligations.actions.bringing_up import bring_up
from cx280.obligations.actions.handing_in import record_submission
from cx280.obligations.models import Obligation
from tests.builders import a_hisp, a_person, an_agency
from tests.obligations.builders import Owing, a_provider_that_owes, at

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def owing() -> Owing:
    return a_provider_that_owes(timezone.localdate())


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def test_the_lead_reads_what_comes_next_and_what_is_missing(owing: Owing, sign_in: SignIn) -> None:
    page = words(sign_in(owing.lead), reverse("obligations:year") + "?year=2023")

    assert "What do we owe in FY2023, and are we ready?" in page
    assert "11 are missing." in page
    assert page.count("Boat permits</a>") == page.count("Trail passes</a>") == 4
    assert "Record what was handed in" in page or "See what it takes" in page


def test_an_agency_without_a_provider_reads_that_it_owes_nothing(sign_in: SignIn) -> None:
    page = words(sign_in(a_person(Role.CX_LEAD)), reverse("obligations:year"))

    assert "Your agency owes OMB nothing" in page
    assert "High-Impact" not in page
    assert "280.9-g1" in page


def test_the_days_are_explained_and_a_wrong_form_keeps_what_was_typed(
    owing: Owing, sign_in: SignIn
) -> None:
    client = sign_in(owing.lead)
    address = reverse("obligations:obligation", args=[owing.owes("deep_dive", "FY2023").pk])
    assert "The rule of 280.14-d2 gives Friday, March 31, 2023." in words(client, address)
    tomorrow = timezone.localdate() + timedelta(days=1)

    answer = client.post(address, {"submitted_on": tomorrow.isoformat(), "document": "Slides"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This day has not come yet." in page
    assert 'value="Slides"' in page


@pytest.mark.proves("280.13-b2")
def test_the_lead_records_the_official_signs_and_the_lead_may_withdraw(
    owing: Owing, sign_in: SignIn
) -> None:
    row = owing.owes("capacity_assessment", "FY2023")
    address = reverse("obligations:obligation", args=[row.pk])
    given = {"submitted_on": "2023-02-20", "document": "Assessment 2023"}

    lead = sign_in(owing.lead)
    assert lead.post(address, given).status_code == 302
    assert lead.post(reverse("obligations:sign", args=[row.pk])).status_code == 403
    official = sign_in(owing.official)
    assert official.post(address, given).status_code == 403
    assert "waits for the senior accountable official’s signature" in words(official, address)
    official.post(reverse("obligations:sign", args=[row.pk]))
    lead = sign_in(owing.lead)
    assert "On time" in words(lead, address)
    lead.post(reverse("obligations:withdraw", args=[row.pk]), {"because": "Wrong file"})
    assert "withdrawn" in words(lead, address)
    assert "Missing" in words(lead, address)


def test_nobody_sees_what_another_agency_owes(owing: Owing, sign_in: SignIn) -> None:
    row = owing.owes("deep_dive", "FY2023")
    stranger = sign_in(a_person(Role.CX_LEAD))

    assert stranger.get(reverse("obligations:obligation", args=[row.pk])).status_code == 404
    assert "Boat permits" not in words(stranger, reverse("obligations:year") + "?year=2023")
    assert stranger.get(reverse("obligations:matrix")).status_code == 403


def test_omb_reads_all_providers_but_no_unfinished_work(owing: Owing, sign_in: SignIn) -> None:
    a_hisp(an_agency(name="Department of Lakes"), name="Lake Rescue")
    bring_up(timezone.localdate())
    row = owing.owes("capacity_assessment", "FY2023")
    record_submission(
        row, submitted_on=date(2023, 2, 20), document="Secret draft", by=owing.lead,
        now=at(date(2023, 2, 21)),
    )  # fmt: skip
    omb = sign_in(a_person(Role.OMB_REVIEWER))

    assert "Who owes what in FY2023?" in words(omb, reverse("obligations:year") + "?year=2023")
    page = words(omb, reverse("obligations:matrix") + "?year=2023")
    one = words(omb, reverse("obligations:obligation", args=[row.pk]))

    assert "2 providers. 15 are missing." in page
    assert "280.14-d1" in page
    assert "Secret draft" not in one
    assert "Missing" in one


def test_the_file_has_a_row_for_each_obligation(owing: Owing, sign_in: SignIn) -> None:
    answer = sign_in(owing.lead).get(reverse("obligations:year-file") + "?year=2022")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 12
    first = next(each for each in rows if each["period"] == "FY2022 Q1")
    assert (first["due"], first["rule_date"]) == ("2022-01-28", "2022-01-31")
    assert first["source"] == "280.16-a4"


def test_a_program_reads_what_is_open(owing: Owing, sign_in: SignIn) -> None:
    address = "/api/v1/obligations?fiscal_year=2023&open=true"

    mine = sign_in(owing.lead).get(address).json()
    others = sign_in(a_person(Role.CX_LEAD)).get(address).json()

    assert len(mine["items"]) == 11
    assert {each["state"] for each in mine["items"]} == {"missing"}
    assert mine["items"][0]["why"] == "The rule of 280.16-a3 gives Tuesday, January 31, 2023."
    assert others["items"] == []


def test_a_provider_that_no_code_can_be_is_refused(sign_in: SignIn) -> None:
    """PostgreSQL cannot even be asked for a NUL."""
    answer = sign_in(a_person(Role.CX_LEAD)).get("/api/v1/obligations?provider=%00")

    assert answer.status_code == 422


def feed_of(client: Client) -> str:
    return str(client.get(reverse("obligations:calendar")).context["path"])


@pytest.mark.proves("280.16-a4")
def test_the_calendar_validates_and_holds_every_day_once(owing: Owing, sign_in: SignIn) -> None:
    address = feed_of(sign_in(owing.lead))

    answer = Client().get(address)  # a calendar program does not sign in

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = vobject.readOne(answer.content.decode())
    assert found.validate(raiseException=True)
    events = found.vevent_list
    assert all(each.validate(raiseException=True) for each in events)
    since = timezone.localdate() - timedelta(days=400)
    assert len(events) == Obligation.objects.filter(due__gte=since).count()
    assert len({each.uid.value for each in events}) == len(events)
    due = {each.act_by for each in Obligation.objects.filter(due__gte=since)}
    assert {each.dtstart.value for each in events} == due
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_a_new_address_ends_the_old_one_and_so_does_leaving(owing: Owing, sign_in: SignIn) -> None:
    client = sign_in(owing.lead)
    old = feed_of(client)

    client.post(reverse("obligations:renew-calendar"))
    new = feed_of(client)

    assert Client().get(old).status_code == 404
    assert Client().get(new).status_code == 200
    assert Client().get(new.replace("cx280.ics", "x") + "/").status_code == 404
    Person.objects.filter(pk=owing.lead.pk).update(is_active=False)
    assert Client().get(new).status_code == 404


def test_a_calendar_holds_only_what_its_owner_may_see(owing: Owing, sign_in: SignIn) -> None:
    other: Organization = an_agency()
    address = feed_of(sign_in(a_person(Role.CX_LEAD, other)))

    assert b"Rivers and Trails" not in Client().get(address).content


@pytest.mark.parametrize("written", ["", "x", "99999", "2023'", "FY2023"])
def test_a_strange_year_is_no_error(owing: Owing, sign_in: SignIn, written: str) -> None:
    address = reverse("obligations:year")

    assert sign_in(owing.lead).get(address, {"year": written}).status_code == 200
