"""Studies with customers debit the same ledger, and what they find leads somewhere."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cx280.clearance.models import Clearance
from cx280.clearance.queries import answered_under, ledger_of, use_of
from cx280.kernel.problem import Conflict, Unusable
from cx280.paperwork.actions.requests import start_request
from cx280.paperwork.actions.studies import hold_study, save_finding, save_study
from cx280.paperwork.models import Request, Study, StudyFinding
from cx280.paperwork.queries.studies import findings_of, study_line
from cx280.paperwork.rules.states import Step
from cx280.paperwork.rules.studies import Outcome
from tests.builders import a_clearance
from tests.paperwork.builders import (
    a_lead,
    a_request,
    a_study,
    answers_of,
    filled,
    stepped,
)

pytestmark = pytest.mark.django_db


def begun(clearance: Clearance, **fields: object) -> Study:
    """A study that began yesterday."""
    day = timezone.localdate() - timedelta(days=1)
    return a_study(clearance, starts_on=day, ends_on=day, **fields)


def asked_for(study: Study, clearance: Clearance) -> Request:
    """A complete request about it."""
    lead = a_lead(clearance)
    made = start_request(clearance, by=lead, on=timezone.localdate(), study=study)
    return filled(made, lead, burden=answers_of(made).burden)


@pytest.mark.proves("280.11-a4", "280.11-a2")
def test_surveys_research_and_usability_tests_debit_one_ledger() -> None:
    survey = a_request()
    clearance = survey.clearance
    studies = [a_study(clearance), a_study(clearance, kind="usability_test", planned=20)]
    requests = [survey, *(asked_for(each, clearance) for each in studies)]

    for each in requests:
        stepped(each, Step.SIGN, Step.SEND, Step.APPROVE)

    kept = ledger_of(clearance)
    assert kept.responses == 2000 + 12 + 20
    assert kept.hours == Decimal(4000 + 12 * 30 + 20 * 30) / 60
    for study in studies:
        study.refresh_from_db()
        assert study.collection is not None
        assert study.collection.clearance == clearance


@pytest.mark.proves("280.11-a4", "INC-28")
def test_who_came_is_used_of_the_ledger_and_federal_employees_are_not() -> None:
    clearance = a_clearance()
    study = begun(clearance)
    stepped(asked_for(study, clearance), Step.SIGN, Step.SEND, Step.APPROVE)
    study.refresh_from_db()

    hold_study(study, by=a_lead(clearance), took_part=10, employees=4, on=timezone.localdate())

    answered = answered_under(clearance)
    assert answered == {study.collection_id: 10}
    used = use_of(clearance, answered)
    assert (used.responses, used.hours) == (10, Decimal(5))
    assert study_line(study).used_hours == Decimal(5)


@pytest.mark.proves("280.11-a4", "280.11-a1")
def test_ten_people_in_a_study_need_an_approval_and_nine_do_not() -> None:
    clearance = a_clearance()
    study, lead, today = begun(clearance), a_lead(clearance), timezone.localdate()

    with pytest.raises(Conflict) as refused:
        hold_study(study, by=lead, took_part=10, employees=0, on=today)
    assert refused.value.rule == "280.11-a1"

    assert hold_study(study, by=lead, took_part=9, employees=3, on=today).took_part == 9
    with pytest.raises(Unusable):
        hold_study(a_study(clearance), by=lead, took_part=1, employees=0, on=today)


@pytest.mark.proves("280.11-a3", "280.11-a4")
def test_a_study_that_omb_has_before_it_is_not_changed() -> None:
    clearance = a_clearance()
    study, lead = a_study(clearance), a_lead(clearance)
    save_study(study, by=lead, values={"planned": 15})
    request = stepped(asked_for(study, clearance), Step.SIGN)

    with pytest.raises(Conflict):
        save_study(study, by=lead, values={"planned": 100})
    stepped(request, Step.WITHDRAW)

    assert save_study(study, by=lead, values={"planned": 100}).planned == 100


@pytest.mark.proves("280.11-a5")
def test_what_a_study_found_is_open_until_it_leads_to_an_action_or_a_reason() -> None:
    study = a_study(a_clearance())
    lead = a_lead(a_clearance())
    first = save_finding(study, None, by=lead, values={"text": "Page 2 is not understood."})
    no_action = {"text": "People want chat.", "no_action_reason": "No staff for it this year."}
    save_finding(study, None, by=lead, values=no_action)
    assert study_line(study).open_findings == 1

    save_finding(study, first, by=lead, values={"action": "Write page 2 anew."})

    assert [outcome for _, outcome in findings_of(study)] == [Outcome.PLANNED, Outcome.NONE]
    assert study_line(study).open_findings == 0


@pytest.mark.proves("280.11-a5")
def test_a_finding_never_has_both_an_action_and_a_reason_for_none() -> None:
    study = a_study(a_clearance())

    with pytest.raises(IntegrityError), transaction.atomic():
        StudyFinding.objects.create(study=study, text="A", action="B", no_action_reason="C")
