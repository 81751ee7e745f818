"""The pages of requests and studies: who sees what, and that nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.clearance.models import Clearance
from cx280.paperwork.models import Request, Study, StudyFinding
from cx280.paperwork.rules.states import Step
from tests.builders import a_clearance, a_person, a_survey
from tests.paperwork.builders import a_lead, a_request, a_study, answers_of, stepped

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def text_of(response: Any) -> str:  # noqa: ANN401
    """The page's words and tags with single spaces."""
    return " ".join(response.content.decode().split())


@pytest.fixture
def request_() -> Request:
    return a_request()


@pytest.fixture
def lead(request_: Request, sign_in: SignIn) -> Client:
    """Signed in as who keeps the clearance."""
    return sign_in(a_lead(request_.clearance))


def at(request: Request, name: str = "request", *parts: str) -> str:
    return reverse(f"paperwork:{name}", args=[request.pk, *parts])


@pytest.mark.proves("280.11-a3")
def test_from_the_survey_to_a_draft_that_is_filled_in(sign_in: SignIn) -> None:
    survey = a_survey(collection=None)
    clearance = a_clearance(agency_of(survey.service.owner))
    client = sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))

    page = client.get(reverse("paperwork:survey", args=[survey.code]))
    assert "No approval covers this survey yet" in text_of(page)
    start = f"{reverse('paperwork:start')}?survey={survey.code}"
    assert start in text_of(page)
    assert clearance.control_number in text_of(client.get(start))
    answer = client.post(start, {"clearance": clearance.pk}, follow=True)

    made = Request.objects.get()
    assert answer.redirect_chain[-1][0] == at(made, "edit")
    assert "To learn how people experience" in text_of(answer)
    # A second request about the same survey goes on with the first.
    assert client.get(start).headers["Location"] == at(made)


def test_half_a_draft_is_saved_as_it_is(lead: Client, request_: Request) -> None:
    lead.post(
        at(request_, "edit"),
        {"revision": request_.revision, "title": "T", "purpose": "Half a sen", "ways": ["mail"],
         "respondents_federal": "12"},
    )  # fmt: skip

    request_.refresh_from_db()
    given = answers_of(request_)
    assert (given.title, given.purpose, given.ways) == ("T", "Half a sen", ["mail"])
    assert [(row.category, row.respondents) for row in given.burden] == [("federal", 12)]


def test_what_cannot_be_kept_is_shown_again_as_it_was_typed(
    lead: Client, request_: Request
) -> None:
    answer = lead.post(
        at(request_, "edit"),
        {"revision": request_.revision, "title": "Kept title", "purpose": "Kept purpose",
         "respondents_individuals": "about two thousand"},
    )  # fmt: skip

    assert answer.status_code == 422
    for typed in ("Kept title", "Kept purpose", "about two thousand"):
        assert typed in text_of(answer)
    assert answers_of(Request.objects.get()).purpose != "Kept purpose"


def test_what_somebody_else_saved_meanwhile_is_said_and_the_typed_stays(
    lead: Client, request_: Request
) -> None:
    answer = lead.post(at(request_, "edit"), {"revision": 1, "title": "My words"})

    assert answer.status_code == 422
    assert "Somebody else saved this request" in text_of(answer)
    assert "My words" in text_of(answer)
    assert f'name="revision" value="{request_.revision}"' in text_of(answer)


@pytest.mark.proves("280.11-a3")
def test_the_page_leads_from_draft_to_approval(lead: Client, request_: Request) -> None:
    today = timezone.localdate().isoformat()
    assert "is ready to sign" in text_of(lead.get(at(request_)))

    for step in (Step.SIGN, Step.SEND, Step.PASS_ON, Step.APPROVE):
        answer = lead.post(
            at(request_, "step", step), {"on": today, "note": "Only in May."}, follow=True
        )
        assert answer.status_code == 200, step

    assert "OMB approved" in text_of(answer)
    assert "Conditions of the approval" in text_of(answer)
    page = text_of(lead.get(reverse("clearance:clearance", args=[request_.clearance_id])))
    assert "2,000 of 1,000,000 approved" in page
    assert at(request_) in page


@pytest.mark.proves("280.11-a2")
def test_over_the_ceiling_the_page_says_so_with_the_rule(lead: Client, request_: Request) -> None:
    stepped(request_, Step.SIGN)
    Clearance.objects.update(responses_ceiling=100)

    answer = lead.post(
        at(request_, "step", "send"), {"on": timezone.localdate().isoformat(), "note": "n"}
    )

    assert answer.status_code == 422
    assert "asks for 2,000 responses; the clearance allows 100" in text_of(answer)
    assert "Rule 280.11-a2" in text_of(answer)


def test_a_step_that_needs_words_says_so_and_keeps_the_day(lead: Client, request_: Request) -> None:
    stepped(request_, Step.SIGN, Step.SEND)
    day = timezone.localdate().isoformat()

    answer = lead.post(at(request_, "step", "ask"), {"on": day, "note": " "})

    assert answer.status_code == 422
    assert "Write down what OMB asks." in text_of(answer)
    assert lead.post(at(request_, "step", "dance"), {"on": day}).status_code == 404


@pytest.mark.parametrize(
    ("form", "starts"), [("docx", b"PK"), ("pdf", b"%PDF"), ("page", b"<!doctype")]
)
def test_the_files_come_in_three_forms(
    lead: Client, request_: Request, form: str, starts: bytes
) -> None:
    answer = lead.get(at(request_, "file", form))

    assert answer.status_code == 200
    assert answer.content.startswith(starts)
    assert lead.get(at(request_, "file", "odt")).status_code == 404


def test_what_was_signed_before_can_still_be_read(lead: Client, request_: Request) -> None:
    again = stepped(request_, Step.SIGN, Step.REOPEN, Step.SIGN)
    first = again.steps.earliest("pk")

    page = lead.get(f"{at(request_, 'file', 'page')}?signed={first.pk}")

    assert "As signed on" in text_of(page)
    assert lead.get(f"{at(request_, 'file', 'page')}?signed=0").status_code == 404


def test_another_agency_sees_nothing(sign_in: SignIn, request_: Request) -> None:
    stranger = sign_in(a_lead(a_clearance()))

    for address in (at(request_), at(request_, "edit"), at(request_, "file", "pdf")):
        assert stranger.get(address).status_code == 404
    assert request_.title not in text_of(stranger.get(reverse("paperwork:list")))


def test_who_reads_sees_the_request_and_no_form(sign_in: SignIn, request_: Request) -> None:
    analyst = sign_in(a_person(Role.ANALYST, request_.organization))

    page = text_of(analyst.get(at(request_)))

    assert "Sign it" not in page
    assert analyst.get(at(request_, "edit")).status_code == 403


def test_a_reason_is_kept_on_the_page(lead: Client, request_: Request) -> None:
    service = request_.survey.service if request_.survey else None
    low = a_request(a_survey(service), request_.clearance)
    row = {"category": "individuals", "respondents": 50, "minutes": "1"}
    answers = {**low.answers, "burden": [row]}
    Request.objects.filter(pk=low.pk).update(answers=answers)

    assert "Needs a reason" in text_of(lead.get(at(low)))
    lead.post(at(low, "justify"), {"finding": "280.11-a3@burden minutes", "text": "Most skip it."})

    assert "Most skip it." in text_of(lead.get(at(low)))


@pytest.mark.proves("280.11-a4", "280.11-a5")
def test_a_study_from_the_plan_to_what_came_of_it(lead: Client, request_: Request) -> None:
    begins = (timezone.localdate() - timedelta(days=1)).isoformat()
    lead.post(
        reverse("paperwork:new-study"),
        {"title": "Five people and a form", "kind": "usability_test",
         "organization": request_.clearance.organization_id, "purpose": "See where they stop.",
         "starts_on": begins, "ends_on": begins, "planned": "5", "minutes": "30"},
    )  # fmt: skip
    study = Study.objects.get()
    here = reverse("paperwork:study", args=[study.pk])
    assert "it needs no approval" in text_of(lead.get(here))

    lead.post(reverse("paperwork:took-part", args=[study.pk]), {"took_part": 5, "employees": 1})
    lead.post(reverse("paperwork:add-finding", args=[study.pk]), {"text": "Nobody saw the button."})
    assert "5 people took part" in text_of(lead.get(here))
    assert "1 finding of studies waits" in text_of(lead.get(reverse("paperwork:studies")))
    finding = StudyFinding.objects.get()
    both = {"text": finding.text, "action": "Move it.", "no_action_reason": "No."}
    where = reverse("paperwork:edit-finding", args=[study.pk, finding.pk])
    assert lead.post(where, both).status_code == 422
    lead.post(where, {"text": finding.text, "action": "Move it up."})

    assert "Move it up." in text_of(lead.get(here))
    assert "wait for a decision" not in text_of(lead.get(reverse("paperwork:studies")))


@pytest.mark.proves("280.11-a1")
def test_a_study_of_many_without_approval_is_not_held(lead: Client, request_: Request) -> None:
    day = timezone.localdate()
    study = a_study(request_.clearance, starts_on=day, ends_on=day)

    answer = lead.post(
        reverse("paperwork:took-part", args=[study.pk]), {"took_part": 12, "employees": 0}
    )

    assert answer.status_code == 422
    assert "No collection approved by OMB" in text_of(answer)
