"""Each change of how an obligation stands has who, when, from what to what, and what shows it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.audit.queries import state_of_chain
from cx280.kernel.quarter import fiscal_year_of
from cx280.obligations.actions.bringing_up import bring_up
from cx280.obligations.actions.handing_in import record_submission, withdraw_submission
from cx280.obligations.models import Obligation, StateChange
from cx280.obligations.queries.changes import changes_of
from cx280.obligations.tasks import note_how_obligations_stand
from cx280.plans.actions.moving import sign_plan, submit_plan
from tests.builders import a_person
from tests.obligations.builders import Owing, a_provider_that_owes, at
from tests.plans.builders import a_ready_plan

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
YEAR = fiscal_year_of(timezone.localdate())


@pytest.fixture
def owing() -> Owing:
    made = a_provider_that_owes(date(YEAR - 1, 12, 1))
    bring_up(timezone.localdate())
    return made


def told(obligation: Obligation) -> list[tuple[str, str, str]]:
    rows = obligation.changes.order_by("pk")
    return [(each.before, each.after, each.actor) for each in rows]


@pytest.mark.proves("280.3-b3")
def test_each_change_is_noted_once_with_who_when_and_what_shows_it(owing: Owing) -> None:
    row = owing.owes("action_plan", f"FY{YEAR}")
    Obligation.objects.filter(pk=row.pk).update(due=timezone.localdate() + timedelta(days=30))
    before_due, long_after = timezone.now(), at(date(YEAR + 1, 1, 5))

    first = note_how_obligations_stand(before_due)
    again = note_how_obligations_stand(before_due)
    plan = a_ready_plan(owing, YEAR)
    note_how_obligations_stand(before_due)
    sign_plan(plan, by=owing.official)
    submit_plan(plan, by=owing.lead)
    note_how_obligations_stand(before_due)

    assert first > again == 0
    assert told(row) == [
        ("", "not_started", "system"),
        ("not_started", "in_progress", "lead@example.gov"),
        ("in_progress", "on_time", "lead@example.gov"),
    ]
    change = row.changes.first()
    assert change is not None
    assert change.address == reverse("plans:plan", args=[plan.pk])
    sent = AuditEntry.objects.get(action="submit_action_plan")
    assert change.at == sent.at
    entries = AuditEntry.objects.filter(action="change_obligation").order_by("pk")
    [entry] = [each for each in entries if each.detail["after"] == "on_time"]
    assert (entry.detail["before"], entry.detail["address"]) == ("in_progress", change.address)
    assert state_of_chain().holds
    note_how_obligations_stand(long_after)
    for each in StateChange.objects.all():
        assert each.actor
        assert each.evidence
        assert each.address.startswith("/")


@pytest.mark.proves("280.3-b3")
def test_what_is_recorded_and_withdrawn_is_noted_at_once_and_a_day_that_passes_by_the_calendar(
    owing: Owing, sign_in: SignIn
) -> None:
    row, now = owing.owes("deep_dive", f"FY{YEAR - 1}"), timezone.now()
    note_how_obligations_stand(now)

    kept = record_submission(
        row, submitted_on=row.due, document="Slides", by=owing.lead, now=timezone.now()
    )
    withdraw_submission(kept, because="Another year.", by=owing.lead, now=timezone.now())

    assert told(row) == [
        ("", "missing", "system"),
        ("missing", "on_time", "lead@example.gov"),
        ("on_time", "missing", "lead@example.gov"),
    ]
    shown = " ".join(
        sign_in(owing.lead)
        .get(reverse("obligations:obligation", args=[row.pk]))
        .content.decode()
        .split()
    )
    assert "Pat Lead</td>" in shown
    assert ">What was recorded was withdrawn.</a>" in shown
    assert f'href="/rules/{row.source}/">The day it was due has passed.</a>' in shown


def test_omb_reads_the_changes_without_unfinished_work(owing: Owing, sign_in: SignIn) -> None:
    row, early = owing.owes("action_plan", f"FY{YEAR}"), timezone.now()
    Obligation.objects.filter(pk=row.pk).update(due=timezone.localdate() + timedelta(days=30))
    note_how_obligations_stand(early)
    a_ready_plan(owing, YEAR)
    note_how_obligations_stand(early)

    assert [each.after.value for each in changes_of(row, whole=True)] == [
        "in_progress", "not_started",
    ]  # fmt: skip
    assert [each.after.value for each in changes_of(row, whole=False)] == ["not_started"]
    page = sign_in(a_person(Role.OMB_REVIEWER)).get(
        reverse("obligations:obligation", args=[row.pk])
    )
    assert "In progress" not in page.content.decode()
