"""Surveys are drafted, opened, closed; talks with OMB unlock; clearance closes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cx280.accounts.models import Justification, Person
from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.audit.actions import subject_of
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict, Unusable
from cx280.surveys import actions, queries, tasks
from cx280.surveys.models import OmbDiscussion, Survey
from cx280.surveys.problems import DraftMovedOn, NotReady
from cx280.surveys.rules.document import read_document
from tests.builders import (
    a_clearance,
    a_collection,
    a_document,
    a_person,
    a_service,
    a_survey,
    an_agency,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def _lead(survey: Survey) -> Person:
    return a_person(Role.CX_LEAD, survey.service.owner)


def _write(survey: Survey, document: dict[str, Any]) -> Survey:
    return actions.save_draft(
        survey, by=_lead(survey), document=document, revision=survey.draft_revision
    )


def _with_trust(survey: Survey, text: str, **fields: Any) -> dict[str, Any]:
    document = a_document(survey.service.name, **fields)
    document["questions"][0]["text"] = text
    return document


def test_a_survey_without_findings_opens_and_its_version_is_frozen() -> None:
    survey = a_survey()

    version = actions.open_survey(survey, by=_lead(survey), on=TODAY)

    assert queries.open_version(survey.code) == version
    assert version.number == 1
    assert len(version.digest) == 64
    document = read_document(version.document)
    assert all(each.response is not None for each in document.questions)


@pytest.mark.proves("INC-20")
def test_opening_writes_down_whom_each_trust_question_names() -> None:
    survey = a_survey()
    agency = agency_of(survey.service.owner)
    names_agency = _with_trust(survey, f"This interaction increased my trust in the {agency.name}.")

    of_service = actions.open_survey(survey, by=None, on=TODAY)
    of_agency = actions.open_survey(_write(survey, names_agency), by=None, on=TODAY)

    assert of_service.document["questions"][0]["object"] == "service"
    assert of_agency.document["questions"][0]["object"] == "agency"


@pytest.mark.proves("280.11-a1")
def test_a_survey_opens_on_the_last_day_of_its_clearance_and_not_after() -> None:
    until = TODAY + timedelta(days=3)
    service = a_service()
    collection = a_collection(a_clearance(service.owner, expires_on=until))
    survey = a_survey(service, collection=collection)

    with pytest.raises(NotReady) as refused:
        actions.open_survey(survey, by=None, on=until + timedelta(days=1))
    version = actions.open_survey(survey, by=None, on=until)

    assert refused.value.rule == "280.11-a1"
    assert version.number == 1


@pytest.mark.proves("280.11-a1")
def test_a_survey_without_a_collection_never_opens() -> None:
    survey = a_survey(collection=None)

    with pytest.raises(NotReady, match="collection"):
        actions.open_survey(survey, by=None, on=TODAY)


@pytest.mark.proves("280.10-g3")
def test_an_error_keeps_a_survey_closed() -> None:
    survey = a_survey()
    long = a_document(survey.service.name)
    long["questions"][1]["texts"] = {"es": "palabra " * 1200}

    with pytest.raises(NotReady) as refused:
        actions.open_survey(_write(survey, long), by=None, on=TODAY)

    assert [each.rule for each in refused.value.in_the_way] == ["280.10-g3"]


@pytest.mark.proves("280.8-b9")
def test_a_survey_whose_page_could_not_tell_its_burden_does_not_open() -> None:
    survey = a_survey()
    assert survey.collection is not None

    told = queries.context_for(survey, TODAY).disclosure

    assert told is not None
    assert told.control_number == survey.collection.clearance.control_number
    assert told.minutes == 2.0
    assert "may skip" in told.voluntary


def test_a_warning_opens_with_a_written_reason_and_not_without() -> None:
    survey = _write(a := a_survey(), _with_trust(a, a.draft["questions"][0]["text"], pages=2))
    lead = _lead(survey)

    with pytest.raises(NotReady):
        actions.open_survey(survey, by=lead, on=TODAY)
    actions.justify_finding(
        survey, by=lead, finding="280.10-n1@", text="The kiosk shows one at a time.", on=TODAY
    )
    version = actions.open_survey(survey, by=lead, on=TODAY)

    assert [each["rule"] for each in version.findings] == ["280.10-n1"]
    assert Justification.objects.get().subject == subject_of(survey)


@pytest.mark.proves("INC-03")
def test_outside_a_quarterly_report_a_reason_may_stand_for_missing_contents() -> None:
    survey = a_survey()
    lead = _lead(survey)
    own = _with_trust(survey, "I have faith in it.", hisp_reporting=False)
    reported = _with_trust(survey, "I have faith in it.", hisp_reporting=True)
    reason = {"finding": "280.10-c4@questions[0]", "text": "Asked this way for twenty years."}

    survey = _write(survey, reported)
    with pytest.raises(Conflict, match="must be fixed"):
        actions.justify_finding(survey, by=lead, on=TODAY, **reason)
    survey = _write(survey, own)
    actions.justify_finding(survey, by=lead, on=TODAY, **reason)

    assert actions.open_survey(survey, by=lead, on=TODAY).number == 1


@pytest.mark.proves("280.10-c4", "280.10-c5", "280.10-d3")
def test_a_talk_with_omb_unlocks_and_a_declined_one_does_not() -> None:
    survey = _write(a := a_survey(), _with_trust(a, "I have faith in it."))
    lead, agency = _lead(survey), agency_of(survey.service.owner)
    talk: dict[str, Any] = {
        "kind": "trust_wording",
        "contact": "A. Reviewer",
        "on": TODAY,
        "by": lead,
    }

    actions.record_discussion(agency, held_on=date(2022, 1, 3), outcome="declined", **talk)
    with pytest.raises(NotReady):
        actions.open_survey(survey, by=lead, on=TODAY)
    actions.record_discussion(agency, held_on=date(2022, 1, 4), outcome="agreed", **talk)

    assert actions.open_survey(survey, by=lead, on=TODAY).number == 1


def test_a_talk_about_one_survey_unlocks_no_other() -> None:
    survey = a_survey()
    other = a_survey(survey.service)
    actions.record_discussion(
        agency_of(survey.service.owner),
        by=_lead(survey),
        kind="trust_icons",
        held_on=date(2022, 1, 3),
        contact="A. Reviewer",
        outcome="agreed",
        survey=survey,
        on=TODAY,
    )

    assert len(queries.discussions_for(survey)) == 1
    assert queries.discussions_for(other) == ()


def test_a_talk_of_tomorrow_or_about_another_agencys_survey_is_refused() -> None:
    survey = a_survey()
    talk: dict[str, Any] = {
        "by": _lead(survey), "kind": "trust_icons", "contact": "A", "outcome": "agreed",
        "on": TODAY,
    }  # fmt: skip

    with pytest.raises(Unusable, match="not taken place"):
        actions.record_discussion(
            agency_of(survey.service.owner), held_on=TODAY + timedelta(days=1), **talk
        )
    with pytest.raises(Unusable, match="another agency"):
        actions.record_discussion(an_agency(), held_on=TODAY, survey=survey, **talk)
    assert not OmbDiscussion.objects.exists()


def test_a_change_after_opening_is_a_new_version_and_the_old_one_never_changes() -> None:
    survey = a_survey()
    first = actions.open_survey(survey, by=None, on=TODAY)
    before = first.document
    changed = _write(survey, a_document(survey.service.name, title="Another title"))

    still = queries.open_version(survey.code)
    second = actions.open_survey(changed, by=None, on=TODAY)
    first.refresh_from_db()

    assert still is not None
    assert still.document == before
    assert (second.number, first.document) == (2, before)
    assert first.closed_at is not None
    assert queries.open_version(survey.code) == second


def test_the_same_document_is_not_opened_twice() -> None:
    survey = a_survey()
    actions.open_survey(survey, by=None, on=TODAY)

    with pytest.raises(Conflict, match="open already"):
        actions.open_survey(survey, by=None, on=TODAY)


def test_a_save_from_an_older_page_is_refused_and_overwrites_nothing() -> None:
    survey = a_survey()
    lead, revision = _lead(survey), survey.draft_revision
    newer, older = a_document("Newer"), a_document("Older")
    actions.save_draft(survey, by=lead, document=newer, revision=revision)

    with pytest.raises(DraftMovedOn):
        actions.save_draft(survey, by=lead, document=older, revision=revision)

    survey.refresh_from_db()
    assert survey.draft["service"] == "Newer"
    assert survey.draft_revision == revision + 1


def test_saving_what_is_there_already_counts_nothing() -> None:
    survey = a_survey()
    lead = _lead(survey)
    document = queries.draft_of(survey)
    actions.save_draft(survey, by=lead, document=document, revision=1)
    saved = survey.draft_revision

    actions.save_draft(survey, by=lead, document=document, revision=saved)

    assert survey.draft_revision == saved


def test_a_closed_survey_takes_no_answers_and_closing_twice_changes_nothing() -> None:
    survey = a_survey()
    actions.open_survey(survey, by=None, on=TODAY)

    actions.close_survey(survey, by=_lead(survey), because="Enough answers", on=TODAY)
    entries = AuditEntry.objects.count()
    actions.close_survey(survey, by=None, because="again", on=TODAY)

    assert queries.open_version(survey.code) is None
    assert survey.versions.get().closed_because == "Enough answers"
    assert AuditEntry.objects.count() == entries


@pytest.mark.proves("280.11-a1")
def test_a_survey_closes_by_itself_the_day_after_its_clearance_ends() -> None:
    until = TODAY + timedelta(days=3)
    service = a_service()
    collection = a_collection(a_clearance(service.owner, expires_on=until))
    survey = a_survey(service, collection=collection)
    actions.open_survey(survey, by=None, on=TODAY)

    on_the_last_day = tasks.close_expired(until)
    after = tasks.close_expired(until + timedelta(days=1))
    again = tasks.close_expired(until + timedelta(days=1))

    assert (on_the_last_day, after, again) == (0, 1, 0)
    survey.refresh_from_db()
    assert survey.state == Survey.State.CLOSED
    assert "expired" in survey.versions.get().closed_because


def test_every_write_is_in_the_audit_trail() -> None:
    survey = a_survey()
    lead = _lead(survey)

    actions.save_draft(survey, by=lead, document=a_document("Other"), revision=1)
    actions.change_survey(survey, by=lead, title="A new name")
    actions.open_survey(survey, by=lead, on=TODAY)
    actions.close_survey(survey, by=lead, because="done", on=TODAY)

    assert list(AuditEntry.objects.values_list("action", flat=True)) == [
        "save_survey_draft",
        "change_survey",
        "open_survey",
        "close_survey",
    ]
