"""The steps of `benchmarks.sending`, each in a process with Django started."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db.models import Sum

from cx280.delivery.actions.handing import hand_over
from cx280.delivery.actions.sending import send_waiting
from cx280.delivery.channels.sms.provider import configured
from cx280.delivery.models import ContactRule, Interaction, Invitation, SentDay
from cx280.delivery.queries.mail import mail_to_send
from cx280.delivery.rules.files import read_rows, table_of
from cx280.delivery.rules.vocabulary import State
from cx280.surveys.models import Survey


def prepare() -> None:
    """One open survey that asks everybody by message, by text as well where somebody carries them;
    30 quiet days for each person.
    """
    call_command("migrate", verbosity=0, interactive=False)
    from tests.delivery.builders import a_mailing

    a_mailing(by_text=configured())
    ContactRule.objects.update(quiet_days=30)


def take(file: Path, now: datetime) -> dict[str, int]:
    """What became of the rows of the file."""
    survey = Survey.objects.select_related("service__owner", "collection__clearance").get()
    rows = read_rows(table_of(file.read_bytes()), services=frozenset(), now=now)
    kept = hand_over(survey, rows=rows, by=None, source="upload", name=file.name, now=now)
    return {"rows": kept.rows, "accepted": kept.accepted, "known": kept.known,
            "refused": kept.refused}  # fmt: skip


def send(at: datetime, began: float) -> None:
    """Sends until nothing waits; the clock shows `at` when the process began."""

    def clock() -> datetime:
        return at + timedelta(seconds=time.time() - began)

    while mail_to_send(clock(), None):
        send_waiting(clock)


def tell() -> dict[str, Any]:
    """The state of every interaction, and of every message its state and its last moment."""
    messages = Invitation.objects.values_list("key", "interaction__state", "leave_by")
    return {
        "states": dict(Interaction.objects.values_list("key", "state")),
        "keys": {key: state for key, state, _ in messages},
        "leave_by": {key: leave_by.isoformat() for key, _, leave_by in messages},
        "offered": SentDay.objects.aggregate(all=Sum("offered"))["all"] or 0,
        "delivered": Invitation.objects.filter(delivered_at__isnull=False).count(),
        # What a killed sender left in doubt is erased on schedule, ten minutes after its 48 hours.
        "addresses": Invitation.objects.exclude(address="")
        .exclude(interaction__state=State.IN_DOUBT)
        .count(),
    }
