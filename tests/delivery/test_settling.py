"""A receipt settles a text that was in doubt: what arrived was offered, and once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from cx280.delivery.actions import sending
from cx280.delivery.actions.settling import note_delivered
from cx280.delivery.models import Interaction, Invitation, SentDay
from cx280.delivery.queries.terms import terms_of
from cx280.delivery.rules.vocabulary import State
from tests.delivery.builders import handed_over, states, text_rows
from tests.delivery.test_texting import ANA, provider, texting, texts

__all__ = ["provider", "texts"]  # fixtures

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("texts")]


def a_text(state: str, *, held: bool = False) -> tuple[Invitation, datetime]:
    """One text whose sender was killed, or is at work still."""
    now, survey = timezone.now(), texting()
    zone = "Etc/GMT" if 8 <= now.hour < 21 else "Asia/Tokyo"
    handed_over(survey, text_rows(ANA, ended_at=now, time_zone=zone), now)
    Interaction.objects.update(state=state)
    lease = timedelta(minutes=5 if held else -5)
    Invitation.objects.update(leased_until=now + lease)
    return Invitation.objects.select_related("interaction").get(), now


def offered() -> int:
    return sum(SentDay.objects.values_list("offered", flat=True))


@pytest.mark.proves("280.10-k4")
@pytest.mark.parametrize("state", [State.IN_DOUBT, State.WAITING])
def test_what_arrived_counts_as_sent_and_offered_once(state: State) -> None:
    text, now = a_text(state)

    for _ in range(2):
        note_delivered(text, now + timedelta(minutes=9))

    text.refresh_from_db()
    assert states(text.interaction.survey) == {"sent": 1}
    assert (offered(), text.address) == (1, "")
    assert text.delivered_at == now + timedelta(minutes=9)
    assert text.lag_minutes is None


@pytest.mark.parametrize("state", [State.BOUNCED, State.COMPLAINED, State.EXPIRED])
def test_what_came_back_is_not_offered_by_a_late_receipt(state: State) -> None:
    text, now = a_text(state)

    note_delivered(text, now)

    text.refresh_from_db()
    assert (offered(), text.delivered_at) == (0, None)


def test_a_receipt_quicker_than_our_own_note_counts_once_and_keeps_the_reminder() -> None:
    text, now = a_text(State.IN_DOUBT, held=True)
    terms = terms_of(text.interaction.survey)
    assert terms is not None
    assert terms.mailing is not None
    terms.mailing.text_reminder_hours = 24

    note_delivered(text, now)
    sending._note_sent(text, terms, now + timedelta(seconds=1), 1)

    text.refresh_from_db()
    assert offered() == 1
    assert text.remind_at is not None
    assert text.address
    assert text.sent_at == now
