"""A digest goes out at the chosen cadence, once, with what the today page says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.dashboards import tasks
from cx280.dashboards.actions import choose_digest
from cx280.dashboards.models import Digest
from cx280.dashboards.rules.digests import Cadence, is_due
from tests.builders import a_person
from tests.dashboards.answered import a_comment, a_measured_service, answered, counted
from tests.dashboards.test_service import text_of

SignIn = Callable[[Person], Client]
MONDAY = date(2022, 3, 14)
days = st.dates(date(2000, 1, 1), date(2050, 1, 1))


@pytest.mark.proves("280.10-l1")
@pytest.mark.parametrize(
    ("cadence", "sent_on", "today", "due"),
    [
        (Cadence.DAILY, MONDAY - timedelta(days=1), MONDAY, True),
        (Cadence.DAILY, MONDAY, MONDAY, False),
        (Cadence.WEEKLY, MONDAY - timedelta(days=7), MONDAY, True),
        (Cadence.WEEKLY, MONDAY, MONDAY + timedelta(days=6), False),
        (Cadence.WEEKLY, MONDAY - timedelta(days=7), MONDAY + timedelta(days=1), True),
        (Cadence.WEEKLY, None, MONDAY + timedelta(days=1), False),
        (Cadence.MONTHLY, date(2022, 2, 1), date(2022, 3, 1), True),
        (Cadence.MONTHLY, date(2022, 3, 1), date(2022, 3, 31), False),
        (Cadence.NEVER, None, MONDAY, False),
    ],
)
def test_a_digest_is_due_on_its_days_and_made_up_for_when_missed(
    cadence: Cadence, sent_on: date | None, today: date, due: bool
) -> None:
    assert is_due(cadence, sent_on, today) is due


@pytest.mark.proves("280.10-l1")
@given(st.sampled_from([Cadence.DAILY, Cadence.WEEKLY, Cadence.MONTHLY]), days)
def test_a_year_brings_as_many_digests_as_the_cadence_says(cadence: Cadence, first: date) -> None:
    sent_on, sent = None, 0
    for n in range(365):
        today = first + timedelta(days=n)
        if is_due(cadence, sent_on, today):
            sent_on, sent = today, sent + 1

    days = [first + timedelta(days=n) for n in range(365)]
    mondays = sum(day.weekday() == 0 for day in days)
    firsts = sum(day.day == 1 for day in days)
    assert sent == {Cadence.DAILY: 365, Cadence.WEEKLY: mondays, Cadence.MONTHLY: firsts}[cadence]


@pytest.mark.django_db
@pytest.mark.proves("280.10-l1")
def test_a_digest_tells_what_needs_the_person_once_and_quotes_nobody() -> None:
    version = a_measured_service()
    answered(version, 12, 15)
    a_comment(version, "My name is Maria", trust=1)
    counted()
    person = a_person(Role.PROGRAM_MANAGER, version.survey.service.owner)
    choose_digest(person, cadence=Cadence.DAILY)
    today = timezone.localdate()

    assert tasks.send_digests(today) == 1
    assert tasks.send_digests(today) == 0

    assert [message.to for message in mail.outbox] == [[person.email]]
    assert mail.outbox[0].subject == "1 thing needs you"
    assert "1 new low-rated comment on Boat permits" in mail.outbox[0].body
    assert "Trust 75 %, between" in mail.outbox[0].body
    assert f"/measures/{version.survey.service.code}/" in mail.outbox[0].body
    assert "Maria" not in mail.outbox[0].body


@pytest.mark.django_db
def test_a_digest_the_mail_server_refused_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    version = a_measured_service()
    person = a_person(Role.PROGRAM_MANAGER, version.survey.service.owner)
    choose_digest(person, cadence=Cadence.DAILY)
    today = timezone.localdate()

    def refuse(*_: object) -> None:
        raise ConnectionRefusedError

    with monkeypatch.context() as broken:
        broken.setattr(tasks, "send_mail", refuse)
        assert tasks.send_digests(today) == 0

    assert tasks.send_digests(today) == 1


@pytest.mark.django_db
def test_somebody_who_left_gets_nothing() -> None:
    version = a_measured_service()
    person = a_person(Role.PROGRAM_MANAGER, version.survey.service.owner)
    choose_digest(person, cadence=Cadence.DAILY)
    person.is_active = False
    person.save()

    assert tasks.send_digests(timezone.localdate()) == 0


@pytest.mark.django_db
def test_the_choice_is_made_on_the_today_page_and_audited(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 12, 15)
    counted()
    person = a_person(Role.PROGRAM_MANAGER, version.survey.service.owner)
    client = sign_in(person)

    response = client.post("/today/digest/", {"cadence": "weekly"})

    assert response.status_code == 302
    assert Digest.objects.get(person=person).cadence == "weekly"
    assert AuditEntry.objects.filter(action="choose_digest", actor=person.email).exists()
    assert '<option value="weekly" selected>' in text_of(client.get("/today/"))
    assert client.post("/today/digest/", {"cadence": "hourly"}).status_code == 422
