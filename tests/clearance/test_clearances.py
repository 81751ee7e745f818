"""Clearances are kept, approve collections within their ceiling, and announce their end."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from pytest_django import Settings

from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.clearance import access, actions, queries, tasks
from cx280.clearance.models import Clearance, Collection, CollectionKind
from cx280.clearance.rules import Standing
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from tests.builders import a_clearance, a_collection, a_person, a_unit, an_agency

pytestmark = pytest.mark.django_db
LAST = date(2024, 9, 30)


class DeadMail(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, email_messages: Sequence[object]) -> int:
        raise ConnectionRefusedError


def a_small_clearance(**fields: Any) -> Clearance:
    return a_clearance(
        starts_on=date(2021, 10, 1),
        expires_on=LAST,
        **{"responses_ceiling": 1000, "hours_ceiling": Decimal(100), **fields},
    )


def a_draft(clearance: Clearance, responses: int, **fields: Any) -> Collection:
    return a_collection(clearance, state="draft", approved_on=None, responses=responses, **fields)


@pytest.mark.proves("280.11-a1")
def test_the_gate_reads_the_collection_and_its_clearance() -> None:
    clearance = a_small_clearance()
    collection = a_collection(clearance, responses=500)

    assert queries.gate(collection, LAST) == []
    assert queries.covers(collection, LAST)
    for wrong, on in (
        (None, LAST),
        (collection, LAST + timedelta(1)),
        (a_draft(clearance, 1), LAST),
        (a_collection(clearance, responses=1, state="closed"), LAST),
    ):
        assert [each.rule for each in queries.gate(wrong, on)] == ["280.11-a1"]
        assert not queries.covers(wrong, on)


@pytest.mark.proves("280.11-a2", "280.11-a4")
def test_a_collection_over_the_ceiling_is_not_approved() -> None:
    clearance = a_small_clearance()
    lead = a_person(Role.CX_LEAD, clearance.organization)
    for kind in CollectionKind:
        a_collection(clearance, kind=kind, responses=300)
    draft = a_draft(clearance, 101)
    assert [each.rule for each in queries.ledger_findings(clearance)] == ["280.11-a2"]

    with pytest.raises(Conflict) as refused:
        actions.approve_collection(draft, on=LAST, by=lead)
    assert refused.value.rule == "280.11-a2"
    draft.refresh_from_db()
    assert draft.state == "draft"

    actions.save_collection(draft, clearance, by=lead, values={"responses": 100})
    actions.approve_collection(draft, on=LAST, by=lead)
    kept = queries.ledger_of(clearance)
    assert (kept.responses, kept.responses_left) == (1000, 0)
    assert kept.hours == Decimal(1000) * 2 / 60


def test_what_was_used_is_counted_from_the_answers_given() -> None:
    clearance = a_small_clearance()
    one, other = a_collection(clearance), a_collection(clearance, minutes=Decimal(6))

    used = queries.use_of(clearance, {one.pk: 30, other.pk: 10})

    assert (used.responses, used.hours) == (40, Decimal(2))


def test_an_approved_collection_is_closed_and_not_changed() -> None:
    collection = a_collection()

    with pytest.raises(Conflict):
        actions.save_collection(collection, collection.clearance, by=None, values={"responses": 1})
    with pytest.raises(Conflict):
        actions.remove_draft(collection, by=None)
    actions.close_collection(collection, by=None)
    with pytest.raises(Conflict):
        actions.close_collection(collection, by=None)

    assert queries.ledger_of(collection.clearance).responses == collection.responses


def test_a_withdrawn_clearance_covers_nothing_from_that_day() -> None:
    clearance = a_small_clearance()
    collection = a_collection(clearance, responses=1)

    with pytest.raises(Unusable):
        actions.withdraw_clearance(clearance, on=LAST, by=None, why=" ")
    actions.withdraw_clearance(clearance, on=LAST, by=None, why="OMB asked.")

    assert queries.standing_of(clearance, LAST) is Standing.WITHDRAWN
    assert queries.covers(collection, LAST - timedelta(1))
    assert not queries.covers(collection, LAST)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"control_number": "10940123"}, "not a control number"),
        ({"expires_on": date(2021, 9, 30)}, "expires after it starts"),
    ],
)
def test_a_clearance_that_cannot_be_is_refused(values: dict[str, object], says: str) -> None:
    with pytest.raises(Unusable, match=says):
        actions.save_clearance(a_small_clearance(), by=None, values=values)


def test_a_number_is_used_once() -> None:
    taken = a_clearance().control_number

    with pytest.raises(Unusable, match=taken):
        actions.save_clearance(a_small_clearance(), by=None, values={"control_number": taken})


@pytest.mark.proves("280.11-a1")
def test_the_lead_is_told_at_180_90_and_30_days_once_each() -> None:
    clearance = a_small_clearance()
    lead = a_person(Role.CX_LEAD, clearance.organization)
    a_person(Role.PROGRAM_MANAGER, clearance.organization)
    a_person(Role.CX_LEAD, an_agency())
    days = [181, 180, 179, 90, 90, 31, 30, 1, 0, -1]

    told = [tasks.watch_expiry(LAST - timedelta(left)) for left in days]

    assert told == [0, 1, 0, 1, 0, 0, 1, 0, 0, 0]
    assert [each.to for each in mail.outbox] == [[lead.email]] * 3
    assert "expires in 180 days" in mail.outbox[0].subject
    assert "Monday, September 30, 2024" in mail.outbox[0].body
    assert f"/clearances/{clearance.pk}/" in mail.outbox[0].body
    assert AuditEntry.objects.filter(action="announce_expiry").count() == 3


def test_a_message_that_could_not_be_sent_is_sent_by_the_next_run(
    settings: Settings,
) -> None:
    clearance = a_small_clearance()
    a_person(Role.CX_LEAD, clearance.organization)
    on = LAST - timedelta(180)
    working = settings.EMAIL_BACKEND

    settings.EMAIL_BACKEND = "tests.clearance.test_clearances.DeadMail"
    assert tasks.watch_expiry(on) == 0
    settings.EMAIL_BACKEND = working

    assert tasks.watch_expiry(on) == 1
    assert len(mail.outbox) == 1


def test_withdrawn_and_expired_clearances_are_not_announced() -> None:
    a_small_clearance(withdrawn_on=date(2023, 1, 1))
    a_clearance(starts_on=date(2019, 1, 1), expires_on=date(2020, 1, 1))

    assert tasks.watch_expiry(LAST) == 0


def test_whoever_works_below_the_department_sees_its_umbrella() -> None:
    clearance = a_clearance()
    manager = a_person(Role.PROGRAM_MANAGER, a_unit(clearance.organization, "bureau"))

    assert access.clearance_to_see(manager, clearance.pk) == clearance
    with pytest.raises(NotAllowed):
        access.clearance_to_edit(manager, clearance.pk)
    with pytest.raises(NotFound):
        access.clearance_to_see(a_person(Role.CX_LEAD, an_agency()), clearance.pk)


def test_a_survey_may_choose_among_collections_approved_and_in_force_above_it() -> None:
    clearance = a_small_clearance()
    usable = a_collection(clearance, title="Usable")
    a_draft(clearance, 1)
    a_collection(
        a_clearance(clearance.organization, starts_on=date(2020, 1, 1), expires_on=date(2022, 1, 1))
    )
    a_collection()
    bureau = a_unit(clearance.organization, "bureau")
    manager = a_person(Role.PROGRAM_MANAGER, bureau)

    assert list(access.collections_for(manager, bureau, LAST)) == [usable]


def test_clearances_are_listed_in_force_first_and_expiring_soonest_on_top() -> None:
    later = a_clearance(expires_on=date(2025, 1, 1), starts_on=date(2020, 1, 1))
    soon = a_small_clearance()
    expired = a_clearance(expires_on=date(2021, 1, 1), starts_on=date(2020, 1, 1))

    lines = queries.clearance_lines(Clearance.objects.all(), date(2024, 9, 1))

    assert [each.clearance for each in lines] == [soon, later, expired]
    assert [each.needs_renewal for each in lines] == [True, True, False]
    assert lines[0].days_left == 29


def test_release_follows_the_terms_of_the_clearance() -> None:
    open_terms = a_collection(a_clearance(permits_release=True))
    closed_terms = a_collection(a_clearance(permits_release=False))

    assert queries.permits_release(open_terms)
    assert not queries.permits_release(closed_terms)
    assert not queries.permits_release(None)
