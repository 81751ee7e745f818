"""The pages of designation, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.designation.actions.moving import sign_proposal
from cx280.designation.actions.writing import choose
from cx280.designation.models import Proposal
from tests.designation.builders import (
    WHY,
    a_provider_that_chooses,
    a_ready_proposal,
    a_signed_proposal,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def text_of(answer: object) -> str:
    html: str = answer.content.decode()  # type: ignore[attr-defined]
    return " ".join(html.split())


@pytest.mark.proves("280.13-b1", "280.13-b6", "INC-25")
def test_services_are_put_forward_signed_and_concurred_with_by_three_people(
    sign_in: SignIn,
) -> None:
    choosing = a_provider_that_chooses()
    where = [choosing.hisp.code, 2023]
    page = reverse("designation:proposal", args=where)
    lead = sign_in(choosing.lead)
    lead.post(reverse("designation:list"), {"hisp": choosing.hisp.code, "fiscal_year": 2023})
    choose_it = reverse("designation:choose", args=where)
    lead.post(choose_it, {"service": choosing.services[0].code, "why": WHY})
    refused = lead.post(choose_it, {"service": "nothing-here", "why": WHY})
    assert refused.status_code == 422
    assert WHY in text_of(refused)
    lead.post(choose_it, {"service": choosing.services[1].code, "why": WHY})
    assert ">Sign and send to OMB<" not in text_of(lead.get(page))

    official = sign_in(choosing.official)
    assert "It can be signed." in text_of(official.get(page))
    revision = Proposal.objects.get().revision
    official.post(reverse("designation:sign", args=where), {"revision": revision})
    reviewer = sign_in(choosing.reviewer)
    revision = Proposal.objects.get().revision
    assert "Does OMB concur?" in text_of(reviewer.get(page))
    stale = reviewer.post(
        reverse("designation:concur", args=where), {"revision": 1, "on": "2026-01-01"}
    )
    assert stale.status_code in {409, 422}
    day = Proposal.objects.get().signed_on
    reviewer.post(reverse("designation:concur", args=where), {"revision": revision, "on": f"{day}"})

    assert "OMB concurred on" in text_of(sign_in(choosing.lead).get(page))
    provider = text_of(reviewer.get(reverse("services:hisp", args=[choosing.hisp.code])))
    assert "has 2 designated services" in provider


def test_a_reason_of_omb_stands_where_the_agency_works(sign_in: SignIn) -> None:
    choosing = a_provider_that_chooses()
    proposal = a_signed_proposal(choosing)
    where = [choosing.hisp.code, 2023]
    omb = sign_in(choosing.reviewer)

    empty = omb.post(reverse("designation:return", args=where), {"revision": proposal.revision})
    assert empty.status_code == 422
    omb.post(reverse("designation:return", args=where),
             {"revision": proposal.revision, "because": "Passes serve too few."})  # fmt: skip

    page = text_of(sign_in(choosing.lead).get(reverse("designation:proposal", args=where)))
    assert "Returned by OMB" in page
    assert "Passes serve too few." in page
    assert "Put a service forward" in page


@pytest.mark.proves("280.10-b1", "INC-40")
def test_figures_are_written_with_their_ends_and_leave_as_csv_json_and_api(sign_in: SignIn) -> None:
    choosing = a_provider_that_chooses()
    a_ready_proposal(choosing)
    where = [choosing.hisp.code, 2023]
    client = sign_in(choosing.lead)
    grants = choosing.services[2]
    figures = reverse("designation:figures", args=[*where, grants.code])

    refused = client.post(figures, {"cost_value": "900"})
    assert refused.status_code == 422
    assert "Say who says so." in text_of(refused)
    client.post(figures, {"cost_value": "900", "cost_low": "800", "cost_high": "1000",
                          "cost_source": "Budget"})  # fmt: skip
    client.post(reverse("designation:weights", args=where),
                {"customers": 1, "cost": 2, "priority": 1})  # fmt: skip
    page = text_of(client.get(reverse("designation:proposal", args=where)))
    file = client.get(reverse("designation:csv", args=where))
    lines = b"".join(file.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    told = client.get(reverse("designation:json", args=where)).json()
    api = client.get("/api/v1/designations?fiscal_year=2023").json()

    assert "$800 to $1,000" in page
    assert "not known" in page
    (line,) = (each for each in lines if each.startswith(grants.code))
    assert "not known,,,,900.0,800.0,1000.0,Budget,not known" in line
    assert line.endswith("0.25,0.5,0.25")
    assert told["weights"] == {"customers": 0.25, "cost": 0.5, "priority": 0.25}
    assert [each["proposal"]["impact"] for each in api["items"]] == [told["impact"]]
    assert next(each for each in told["impact"] if each["code"] == grants.code)["priority"] is None


def test_omb_reads_what_was_signed_while_the_agency_writes(sign_in: SignIn) -> None:
    choosing = a_provider_that_chooses()
    proposal = a_signed_proposal(choosing)
    Proposal.objects.filter(pk=proposal.pk).update(stage="returned", returned_on="2022-12-20")
    choose(proposal, choosing.services[2], why="A word that is only ours.", by=choosing.lead)

    where = reverse("designation:proposal", args=[choosing.hisp.code, 2023])
    page = text_of(sign_in(choosing.reviewer).get(where))

    assert "Trail passes" in page
    assert "only ours" not in page
    assert sign_in(choosing.reviewer).get(
        reverse("designation:json", args=[choosing.hisp.code, 2023])
    ).json()["services"][-1]["name"] == "Trail passes"  # fmt: skip


def test_the_list_takes_the_same_queries_for_any_number_and_omb_sees_a_year_at_a_time(
    sign_in: SignIn,
    django_assert_max_num_queries: Any,  # noqa: ANN401
) -> None:
    choosing = a_provider_that_chooses()
    for year in range(2023, 2031):
        Proposal.objects.create(
            hisp=choosing.hisp, fiscal_year=year, stage="signed", signed_on=f"{year - 1}-12-01"
        )
    omb, lead = sign_in(choosing.reviewer), reverse("designation:list")

    with django_assert_max_num_queries(12):
        page = text_of(omb.get(lead))

    assert "FY2030</td>" in page
    assert "FY2029</td>" not in page
    assert "FY2024</td>" in text_of(omb.get(f"{lead}?year=2024"))
    assert text_of(sign_in(choosing.lead).get(lead)).count("FY20") > 8


@pytest.mark.proves("280.13-b5")
def test_a_warning_that_is_explained_goes_to_omb_with_its_reason(sign_in: SignIn) -> None:
    choosing = a_provider_that_chooses()
    a_ready_proposal(choosing)
    where = [choosing.hisp.code, 2023]
    client, reason = sign_in(choosing.lead), reverse("designation:reason", args=where)
    given = {"finding": "280.13-b4@meetings"}

    assert client.post(reason, {**given, "text": "no"}).status_code == 422
    client.post(reason, {**given, "text": "The offices were asked in writing this year."})
    proposal = Proposal.objects.get()
    sign_proposal(proposal, seen=proposal.revision, by=choosing.official, on=date(2022, 12, 1))

    page = text_of(sign_in(choosing.reviewer).get(reverse("designation:proposal", args=where)))
    assert "Nobody came together about FY2023 yet." in page
    assert "The agency says: “The offices were asked in writing this year.”" in page
