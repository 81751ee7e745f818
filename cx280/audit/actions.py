"""Adds entries to the audit trail."""

from collections.abc import Mapping
from typing import cast

from django.db import connection, models, transaction
from django.utils import timezone

from cx280.audit.models import AuditEntry
from cx280.audit.queries import last_digest
from cx280.audit.rules import digest_of, plain

# Any number, the same for every process: who holds it writes the next entry.
_TURN = 280_280_280


def record(
    *,
    actor: str,
    action: str,
    subject: str,
    organization: str = "",
    detail: Mapping[str, object] | None = None,
) -> AuditEntry:
    """The entry added at the end of the chain, in the transaction of the change it tells of.

    `actor` is a person's e-mail address or `system`; `action` a verb with its noun
    (`open_survey`); `subject` what `subject_of` gives; `organization` the code of the unit
    concerned; `detail` before and after, reasons, evidence: anything JSON can hold.
    """
    with transaction.atomic():
        _wait_for_turn()
        fields = {
            "previous": last_digest(),
            "at": timezone.now(),
            "actor": plain(actor),
            "action": action,
            "subject": subject,
            "organization": organization,
            "detail": plain(detail or {}),
        }
        return AuditEntry.objects.create(**fields, digest=digest_of(**fields))  # type: ignore[arg-type]


def subject_of(thing: models.Model) -> str:
    """How the trail names a stored thing: `surveys.Survey:12`."""
    return f"{thing._meta.label}:{cast(object, thing.pk)}"


def _wait_for_turn() -> None:
    """Lets one writer at a time read the last digest and add the next, until its commit.

    SQLite's IMMEDIATE transactions already do this.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
