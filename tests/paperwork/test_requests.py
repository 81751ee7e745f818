"""Requests are written, signed, sent and decided; the ledger and the gate follow."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import msgspec
import pytest
from django.utils import timezone

from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.audit.models import AuditEntry
from cx280.clearance.access import collection_to_edit
from cx280.clearance.models import Clearance, Collection
from cx280.clearance.queries import ledger_of
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from cx280.paperwork import access
from cx280.paperwork.actions import requests as actions
from cx280.paperwork.actions.steps import NotReady, take_step
from cx280.paperwork.models import Request
from cx280.paperwork.queries.packets import packet_of, signed_packets
from cx280.paperwork.queries.standing import standing_of
from cx280.paperwork.rules.burden import BurdenRow, hours_of
from cx280.paperwork.rules.states import NotNow, State, Step
from cx280.paperwork.rules.vocabulary import Category
from cx280.surveys.actions import justify_finding, open_survey, save_draft
from cx280.surveys.models import Survey
from cx280.surveys.problems import NotReady as SurveyNotReady
from tests.builders import (
    a_clearance,
    a_collection,
    a_person,
    a_service,
    a_survey,
    a_unit,
    an_agency,
)
from tests.paperwork.builders import (
    a_lead,
    a_request,
    an_approved_request,
    answers_of,
    stepped,
)

pytestmark = pytest.mark.django_db


def people(n: int, minutes: str = "2") -> list[BurdenRow]:
    return [BurdenRow(Category.INDIVIDUALS, n, Decimal(minutes))]


def reworded(survey: Survey, text: str = "Is there more you want to say?") -> Survey:
    """The survey with another last question."""
    document = {**survey.draft, "questions": [dict(each) for each in survey.draft["questions"]]}
    document["questions"][-1]["text"] = text
    return save_draft(survey, by=a_person(), document=document, revision=survey.draft_revision)


@pytest.mark.proves("280.11-a3")
def test_a_request_is_filled_in_from_the_survey_and_saved_whatever_is_missing() -> None:
    survey = a_survey(collection=None)
    clearance = a_clearance(agency_of(survey.service.owner))
    lead, today = a_lead(clearance), timezone.localdate()

    request = actions.start_request(clearance, by=lead, on=today, survey=survey)
    given = msgspec.structs.replace(answers_of(request), purpose="", who="Half a")
    actions.save_answers(request, by=lead, answers=given, revision=1)

    request.refresh_from_db()
    assert (answers_of(request).who, answers_of(request).looks != "") == ("Half a", True)
    assert "purpose" in [each.where for each in standing_of(request, today).findings]
    with pytest.raises(Conflict, match="under way"):
        actions.start_request(clearance, by=lead, on=today, survey=survey)


def test_what_somebody_else_saved_is_not_overwritten() -> None:
    request = a_request()
    lead = a_lead(request.clearance)
    mine = msgspec.structs.replace(answers_of(request), purpose="Mine")
    actions.save_answers(request, by=lead, answers=mine, revision=request.revision)

    with pytest.raises(actions.MovedOn) as refused:
        actions.save_answers(request, by=lead, answers=mine, revision=request.revision - 1)

    assert refused.value.revision == request.revision
    assert answers_of(Request.objects.get()).purpose == "Mine"


@pytest.mark.proves("280.11-a3")
def test_an_unfinished_request_is_not_signed_and_says_what_is_missing() -> None:
    request = a_request(federal_cost=None)

    with pytest.raises(NotReady, match="Cost to the Government") as refused:
        stepped(request, Step.SIGN)

    assert refused.value.rule == "280.11-a3"
    assert Request.objects.get().state == "draft"


@pytest.mark.proves("280.11-a3")
def test_a_warning_is_signed_over_only_with_a_written_reason() -> None:
    request = a_request(burden=people(2000, "1"))
    lead, today = a_lead(request.clearance), timezone.localdate()
    assert {each.key for each in standing_of(request, today).in_the_way} == {
        "280.11-a3@burden minutes"
    }

    with pytest.raises(NotReady):
        stepped(request, Step.SIGN)
    actions.justify_finding(
        request, by=lead, on=today, finding="280.11-a3@burden minutes",
        text="Half of the people skip most questions.",
    )  # fmt: skip

    assert stepped(request, Step.SIGN).state == State.SIGNED


def test_an_error_is_not_reasoned_away() -> None:
    request = a_request(purpose="")

    with pytest.raises(Conflict, match="must be fixed"):
        actions.justify_finding(
            request, by=a_lead(request.clearance), on=timezone.localdate(),
            finding="280.11-a3@purpose", text="We know our purpose well.",
        )  # fmt: skip


@pytest.mark.proves("280.11-a3")
def test_what_was_signed_stays_as_it_was_signed() -> None:
    request = stepped(a_request(), Step.SIGN)
    before = packet_of(request)

    with pytest.raises(Conflict, match="not changed"):
        actions.save_answers(
            request, by=a_lead(request.clearance), answers=answers_of(request), revision=1
        )
    Clearance.objects.update(title="Another title")

    request = Request.objects.get()
    assert packet_of(request) == before
    assert before.signed_by.endswith("@example.gov")
    assert before.signed_on == timezone.localdate()


@pytest.mark.proves("280.11-a3")
def test_a_signed_request_is_not_sent_once_the_questions_were_changed() -> None:
    request = stepped(a_request(), Step.SIGN)
    assert request.survey is not None
    reworded(request.survey)

    with pytest.raises(NotReady, match="changed after the request was signed"):
        stepped(Request.objects.get(), Step.SEND)

    again = stepped(Request.objects.get(), Step.REOPEN, Step.SIGN, Step.SEND)
    first, last = (packet.digest for _, packet in signed_packets(again))
    assert first != last == packet_of(again).digest


@pytest.mark.proves("280.11-a3", "280.11-a2", "280.0-a3")
def test_an_approval_debits_the_ledger_to_the_minute_and_lets_the_survey_open() -> None:
    rows = [*people(1000, "2.5"), BurdenRow(Category.PRIVATE, 7, Decimal("0.37")),
            BurdenRow(Category.FEDERAL, 900, Decimal(2))]  # fmt: skip
    request = a_request(burden=rows)
    clearance, survey = request.clearance, request.survey
    assert survey is not None

    stepped(request, Step.SIGN, Step.SEND, Step.PASS_ON, Step.APPROVE, note="Report in May.")

    request.refresh_from_db()
    kept = ledger_of(clearance)
    assert (kept.responses, kept.hours) == (1007, hours_of(rows))
    assert (request.decided_on, request.conditions) == (timezone.localdate(), "Report in May.")
    survey.refresh_from_db()
    assert survey.collection == request.collection
    assert open_survey(survey, by=None, on=timezone.localdate()).number == 1


@pytest.mark.proves("280.11-a2", "280.11-a3")
def test_a_refused_request_is_written_anew_with_every_word_and_stays_itself() -> None:
    old = stepped(a_request(), Step.SIGN, Step.SEND, Step.REFUSE)
    lead, today = a_lead(old.clearance), timezone.localdate()

    made = actions.copy_request(old, by=lead, on=today)

    assert (made.state, made.title, made.answers) == (State.DRAFT, old.title, old.answers)
    assert (made.steps.count(), made.packet, made.collection) == (0, None, None)
    old.refresh_from_db()
    assert (old.state, old.steps.count()) == (State.REFUSED, 3)
    with pytest.raises(Conflict, match="under way already"):
        actions.copy_request(old, by=lead, on=today)
    with pytest.raises(Conflict, match="refused or withdrawn"):
        actions.copy_request(made, by=lead, on=today)
    assert AuditEntry.objects.filter(action="copy_request").count() == 1


def test_a_request_over_the_ceiling_is_refused_when_it_is_sent() -> None:
    clearance = a_clearance(responses_ceiling=3000)
    first = stepped(a_request(under(clearance), clearance), Step.SIGN, Step.SEND)
    other = stepped(a_request(under(clearance), clearance, burden=people(1000)), Step.SIGN)
    Clearance.objects.update(responses_ceiling=2999)

    with pytest.raises(NotReady) as refused:
        stepped(other, Step.SEND)

    assert refused.value.rule == "280.11-a2"
    stepped(first, Step.REFUSE)
    assert stepped(Request.objects.get(pk=other.pk), Step.SEND).state == State.WITH_OMB


@pytest.mark.proves("280.11-a2", "280.11-a1")
def test_opening_a_survey_past_the_ceiling_is_refused_with_the_rule() -> None:
    request = an_approved_request()
    assert request.survey is not None
    Clearance.objects.update(hours_ceiling=Decimal(66))

    with pytest.raises(SurveyNotReady) as refused:
        open_survey(request.survey, by=None, on=timezone.localdate())

    assert refused.value.rule == "280.11-a2"


@pytest.mark.proves("280.11-a2")
def test_an_approval_over_the_ceiling_changes_nothing() -> None:
    request = stepped(a_request(), Step.SIGN, Step.SEND)
    Clearance.objects.update(responses_ceiling=1999)

    with pytest.raises(Conflict) as refused:
        stepped(request, Step.APPROVE)

    assert refused.value.rule == "280.11-a2"
    request.refresh_from_db()
    assert request.state == State.WITH_OMB
    assert request.collection is not None
    assert request.collection.state == Collection.State.DRAFT


@pytest.mark.proves("280.11-a3")
def test_other_questions_than_omb_saw_need_a_reason_before_they_open() -> None:
    request = an_approved_request()
    assert request.survey is not None
    survey, today = reworded(request.survey), timezone.localdate()

    with pytest.raises(SurveyNotReady) as refused:
        open_survey(survey, by=None, on=today)
    assert refused.value.rule == "280.11-a3"

    justify_finding(
        survey, by=a_lead(request.clearance), finding="280.11-a3@collection", on=today,
        text="OMB agreed that this is no change of substance.",
    )  # fmt: skip
    assert open_survey(survey, by=None, on=today).number == 1


@pytest.mark.parametrize("ended", [Step.REFUSE, Step.WITHDRAW])
def test_a_request_that_ends_without_approval_asks_nothing_of_the_ledger(ended: Step) -> None:
    request = stepped(a_request(), Step.SIGN, Step.SEND)
    assert ledger_of(request.clearance).asked_responses == 2000

    stepped(request, ended)

    assert ledger_of(Clearance.objects.get(pk=request.clearance_id)).asked_responses == 0
    with pytest.raises(NotNow):
        stepped(Request.objects.get(), Step.APPROVE)


@pytest.mark.proves("280.11-a3")
def test_questions_go_back_answered_as_they_stand_or_written_anew() -> None:
    request = stepped(a_request(), Step.SIGN, Step.SEND, Step.ASK)

    assert stepped(request, Step.ANSWER).state == State.WITH_OMB
    again = stepped(request, Step.ASK, Step.REOPEN)
    assert (again.state, again.collection) == (State.DRAFT, None)
    assert stepped(again, Step.SIGN, Step.SEND, Step.APPROVE).state == State.APPROVED
    assert Collection.objects.filter(clearance=again.clearance).count() == 1


@pytest.mark.proves("280.11-a3")
def test_the_history_and_the_audit_tell_every_step_with_day_person_and_words() -> None:
    request = a_request()
    lead = a_lead(request.clearance)

    stepped(request, Step.SIGN, Step.SEND, Step.ASK, by=lead, note="Why two minutes?")

    told = list(request.steps.values_list("step", "state", "note", "by__email"))
    assert told[-1] == ("ask", "questions", "Why two minutes?", lead.email)
    assert [each[0] for each in told] == ["sign", "send", "ask"]
    written = AuditEntry.objects.filter(action__endswith="_request").values_list(
        "action", flat=True
    )
    assert {"start_request", "save_request", "sign_request", "send_request", "ask_request"} <= set(
        written
    )


def test_steps_are_told_on_days_that_can_be() -> None:
    request = stepped(a_request(), Step.SIGN)
    today, lead = timezone.localdate(), a_lead(request.clearance)

    for wrong in (today + timedelta(days=1), today - timedelta(days=1)):
        with pytest.raises(Unusable):
            take_step(request, Step.SEND, by=lead, on=wrong, today=today)
    with pytest.raises(Unusable, match="why"):
        take_step(request, Step.WITHDRAW, by=lead, on=today, note=" ", today=today)


def test_a_collection_that_a_request_asks_for_goes_the_way_of_the_request() -> None:
    request = stepped(a_request(), Step.SIGN)
    assert request.collection is not None

    with pytest.raises(Conflict, match="request"):
        collection_to_edit(a_lead(request.clearance), request.collection.pk)
    plain = a_collection(request.clearance, state="draft", approved_on=None)
    assert collection_to_edit(a_lead(request.clearance), plain.pk) == plain


def test_a_draft_is_removed_and_what_was_signed_is_not() -> None:
    request = a_request()
    lead = a_lead(request.clearance)
    once_signed = stepped(a_request(), Step.SIGN, Step.REOPEN)

    actions.remove_draft(request, by=lead)
    with pytest.raises(Conflict):
        actions.remove_draft(once_signed, by=lead)

    assert Request.objects.get() == once_signed


def test_who_may_see_write_and_decide() -> None:
    request = a_request()
    owner, agency = request.organization, agency_of(request.organization)
    manager, analyst = a_person(Role.PROGRAM_MANAGER, owner), a_person(Role.ANALYST, owner)

    assert access.request_to_edit(manager, request.pk) == request
    with pytest.raises(NotAllowed):
        access.request_to_decide(manager, request.pk)
    with pytest.raises(NotAllowed):
        access.request_to_edit(analyst, request.pk)
    assert access.request_to_see(analyst, request.pk) == request
    with pytest.raises(NotFound):
        access.request_to_see(a_person(Role.CX_LEAD, an_agency()), request.pk)
    with pytest.raises(NotFound):
        access.request_to_see(a_person(Role.PROGRAM_MANAGER, a_unit(agency)), request.pk)


def under(clearance: Clearance) -> Survey:
    """A survey of the agency that holds the clearance, under no approval."""
    return a_survey(a_service(clearance.organization), collection=None)
