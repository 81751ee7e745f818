"""From any view of a service to doing something about it, with exactly what was seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.dashboards.rules.acting import pinned
from cx280.plans.actions.writing import begin_plan
from cx280.plans.models import Action, PainPoint
from cx280.plans.rules.seen import LONGEST_WORDS, kind_of, page_of, said_of
from cx280.plans.rules.vocabulary import EvidenceKind
from cx280.services.models import Hisp
from tests.builders import a_person
from tests.dashboards.answered import a_comment, a_measured_service, an_office, answered, counted

SignIn = Callable[[Person], Client]
VIEWS = ("", "units/?outcome=satisfaction", "drivers/", "groups/", "comments/?rating=low",
         "nonresponse/", "digital/?days=7", "digital/speed/", "digital/now/")  # fmt: skip


def offered(html: str) -> dict[str, str]:
    """What the link of a page carries."""
    form = re.search(r'<form class="cx-act[^>]*action="([^"]+)">(.*?)</form>', html, re.DOTALL)
    assert form is not None
    given = re.findall(r'name="(\w+)" value="([^"]*)"', form[2])
    return {"action": form[1], **{name: unescape(value) for name, value in given}}


@pytest.mark.proves("280.10-l2")
def test_what_a_page_chose_by_itself_is_pinned_and_what_passes_is_not() -> None:
    asked = {"unit": "boise", "table": "trend", "page": "3", "channel": ""}

    assert pinned("/measures/x/", asked, {"quarter": "FY2022 Q3", "until": ""}) == (
        "/measures/x/?unit=boise&quarter=FY2022+Q3"
    )
    assert pinned("/measures/x/", {"quarter": "FY2021 Q1"}, {"quarter": "FY2022 Q3"}) == (
        "/measures/x/?quarter=FY2021+Q1"
    )


@pytest.mark.parametrize(
    "given_address",
    ["javascript:alert(1)", "//evil.gov/", "/\\evil.gov", "https://evil.gov/", "/a b", "/" * 501],
)
def test_only_a_page_of_ours_is_kept(given_address: str) -> None:
    assert page_of(given_address) == ""


def test_a_page_tells_what_kind_of_evidence_it_is() -> None:
    assert page_of("/measures/x/digital/?days=7") == "/measures/x/digital/?days=7"
    assert kind_of("/measures/x/digital/?days=7") is EvidenceKind.TELEMETRY
    assert kind_of("/measures/x/comments/") is EvidenceKind.FEEDBACK


@given(st.text(max_size=600))
def test_what_was_seen_fits_whatever_it_is(seen: str) -> None:
    assert len(said_of(seen, "Nov 28, 2026")) <= LONGEST_WORDS


@pytest.mark.django_db
@pytest.mark.proves("280.10-l2")
def test_an_action_begun_from_any_view_leads_back_to_exactly_that_view(sign_in: SignIn) -> None:
    version = a_measured_service(code="boat-permits")
    service = version.survey.service
    for name, agree in (("Boise", 25), ("Portland", 8)):
        answered(version, agree, 30, unit=an_office(service, name))
    a_comment(version, "Waited three hours", trust=1)
    counted()
    lead = a_person(Role.CX_LEAD, service.owner)
    service.hisp = Hisp.objects.create(code="h", name="Rivers", organization=service.owner)
    service.save()
    plan = begin_plan(service.hisp, fiscal_year=2027, by=lead)
    client = sign_in(lead)
    today = timezone.localdate().isoformat()

    for view in VIEWS:
        carried = offered(client.get(f"/measures/boat-permits/{view}").content.decode())
        assert f"/measures/boat-permits/{view.split('?')[0]}" in carried["page"]
        assert view.partition("?")[2] in carried["page"]
        assert client.get(carried["page"]).status_code == 200

    carried = offered(client.get("/measures/boat-permits/digital/").content.decode())
    assert carried["page"].endswith(f"?until={today}")
    carried = offered(client.get("/measures/boat-permits/units/").content.decode())
    there = f"{carried['action']}?" + "&".join(
        f"{each}={carried[each].replace('%', '%25').replace('&', '%26').replace('+', '%2B')}"
        for each in ("page", "seen")
    )
    form = client.get(there).content.decode()
    assert "You saw:" in form
    assert "Portland" in form
    sent = {"words": "Portland keeps people waiting", "kind": "feedback", "plan": plan.pk,
            "evidence": carried["seen"]}  # fmt: skip
    begun = client.post(there, sent).headers["Location"]

    point = PainPoint.objects.get()
    assert point.evidence.get().address == carried["page"]
    assert begun.endswith(f"/actions/new/?service={service.pk}&pain_point={point.pk}")
    assert f'<option value="{point.pk}" selected' in client.get(begun).content.decode()
    client.post(begun, {"service": service.pk, "change": "Open at seven", "pain_point": point.pk})
    action = Action.objects.get()
    page = client.get(reverse("plans:action", args=[plan.pk, action.pk])).content.decode()
    assert carried["page"].replace("&", "&amp;") in page


@pytest.mark.django_db
def test_who_only_reads_is_not_offered_it_and_another_agency_finds_nothing(sign_in: SignIn) -> None:
    version = a_measured_service(code="boat-permits")
    answered(version, 25, 30)
    counted()
    analyst = a_person(Role.ANALYST, version.survey.service.owner)

    page = sign_in(analyst).get("/measures/boat-permits/").content.decode()

    assert "Do something about this" not in page
    stranger = sign_in(a_person(Role.CX_LEAD))
    assert stranger.get(reverse("plans:act", args=["boat-permits"])).status_code == 404
