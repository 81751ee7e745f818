"""The pages of paperwork in Chromium: axe at both widths, and the way by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.paperwork.actions.burdens import add_change, add_estimate
from cx280.paperwork.models import Request
from cx280.paperwork.rules.answers import read_answers
from cx280.paperwork.rules.states import Step
from cx280.paperwork.rules.vocabulary import Certification
from cx280.services.models import Service
from tests.browser import faults_on
from tests.builders import a_clearance, a_survey
from tests.paperwork.builders import a_lead, a_request, a_study, stepped

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def a_burden(service: Service, by: Person) -> Service:
    """The service with an inventory: shown, hidden, and changed."""
    first = {
        "step": None, "step_name": "Applies", "segment": "", "people_per_year": 900,
        "learning_minutes": Decimal(10), "compliance_minutes": Decimal(20), "cost": Decimal(4),
        "strain": Decimal(3), "observed": 40, "source": "Diary", "from_on": date(2022, 1, 1),
    }  # fmt: skip
    change = add_change(service, by=by, title="One page less", changed_on=date(2022, 2, 1))
    add_estimate(service, by=by, values=first)
    add_estimate(service, by=by, values={**first, "segment": "Rural", "observed": 12})
    add_estimate(service, by=by, values={**first, "segment": "New", "observed": 3})
    later = {"from_on": date(2022, 3, 1), "compliance_minutes": Decimal(9), "change": change}
    add_estimate(service, by=by, values={**first, **later})
    return service


def test_every_page_is_clean_at_both_widths(signed_in_page: Callable[[Person], Page]) -> None:
    ready = a_request()
    clearance = ready.clearance
    lead = a_lead(clearance)
    page = signed_in_page(lead)
    service = ready.survey.service if ready.survey else None
    unready = a_request(a_survey(service, collection=None), clearance, purpose="", who="")
    waiting = stepped(
        a_request(a_survey(service, collection=None), clearance), Step.SIGN, Step.SEND
    )
    approved = stepped(
        a_request(a_survey(service, collection=None), clearance), Step.SIGN, Step.SEND, Step.APPROVE
    )
    begun = timezone.localdate() - timedelta(days=1)
    study = a_study(clearance, starts_on=begun, ends_on=begun)
    study.findings.create(text="Nobody saw the button.")
    bare = a_survey(service, collection=None)

    known = a_burden(bare.service, lead)

    assert faults_on(page, [
        "/clearances/requests/",
        *(f"/clearances/requests/{each.pk}/" for each in (ready, unready, waiting, approved)),
        f"/clearances/requests/{unready.pk}/edit/",
        f"/clearances/requests/{approved.pk}/file/page/",
        f"/clearances/requests/new/?survey={bare.code}",
        f"/clearances/surveys/{bare.code}/",
        f"/clearances/surveys/{approved.survey.code if approved.survey else ''}/",
        f"/clearances/{clearance.pk}/",
        "/clearances/burden/",
        f"/clearances/burden/{known.code}/",
        f"/clearances/burden/{known.code}/estimate/",
        f"/clearances/burden/{known.code}/change/",
        f"/clearances/{clearance.pk}/statement/page/",
        "/clearances/studies/",
        "/clearances/studies/new/",
        f"/clearances/studies/{study.pk}/",
        f"/clearances/studies/{study.pk}/findings/{study.findings.get().pk}/",
    ]) == {}  # fmt: skip


@pytest.mark.proves("280.11-a3")
def test_from_a_survey_to_a_signed_request_by_keyboard(
    signed_in_page: Callable[[Person], Page],
) -> None:
    survey = a_survey(collection=None)
    lead = a_lead(a_clearance(agency_of(survey.service.owner)))
    page = signed_in_page(lead)
    page.goto(f"/surveys/{survey.code}/")

    page.get_by_role("link", name="Approval by OMB").press("Enter")
    page.get_by_role("link", name="Ask OMB to approve it").press("Enter")
    page.get_by_role("button", name="Write the draft").press("Enter")
    page.get_by_label("Individuals or households: respondents").fill("2000")
    page.get_by_label("How was the burden estimated?").fill("Applications of last year.")
    page.get_by_label("Cost to the Federal Government for a year, in dollars").fill("1200")
    for each in Certification:
        page.locator(f"[name=certification_{each}][value=yes]").press("Space")
    page.get_by_role("button", name="Save the draft").press("Enter")
    page.get_by_role("button", name="Sign it").press("Enter")

    page.wait_for_selector("text=signed and not sent yet")
    kept = Request.objects.get()
    assert kept.state == "signed"
    assert len(read_answers(kept.answers).certifications) == 8


def test_what_is_typed_is_saved_without_a_button(
    signed_in_page: Callable[[Person], Page],
) -> None:
    request = a_request()
    page = signed_in_page(a_lead(request.clearance))
    page.goto(f"/clearances/requests/{request.pk}/edit/")

    for words in ("First words", "Second words"):
        page.get_by_label("Purpose").fill(words)
        page.wait_for_selector("[data-saved]:has-text('Draft saved')")
        page.locator("[data-saved]").evaluate("place => { place.textContent = ''; }")
        request.refresh_from_db()
        assert read_answers(request.answers).purpose == words
