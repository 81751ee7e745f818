"""Takes down that something was handed in to OMB outside of this system."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.obligations.actions.noting import note_change
from cx280.obligations.models import Obligation, Submission
from cx280.obligations.rules.states import needs_signature
from cx280.obligations.rules.vocabulary import Code

# These are met by what this system itself sends or keeps, and by nothing that is typed.
_KNOWN_HERE = {
    Code.QUARTERLY.value: "The quarter’s report is sent from its own page, and counts from then.",
    Code.REFLECTION.value: "The reflection is written on its own page, and counts once signed.",
    Code.DESIGNATION.value: "The year’s services have a page of their own, and count from then.",
}


@implements("280.14-d1", "280.14-d2", "280.14-e1")
def record_submission(
    obligation: Obligation,
    *,
    submitted_on: date,
    document: str,
    address: str = "",
    by: Person,
    now: datetime,
) -> Submission:
    """What was handed in, by the day somebody says; raises Unusable, Conflict or NotAllowed."""
    if not may(by, Capability.SUBMIT_QUARTERS, obligation.owner):
        raise NotAllowed("Only who sends to OMB for this provider records what was handed in.")
    if obligation.code in _KNOWN_HERE:
        raise Conflict(_KNOWN_HERE[obligation.code], rule=obligation.source)
    if submitted_on > timezone.localdate(now):
        raise Unusable(
            "This day has not come yet.",
            field="submitted_on",
            rule=obligation.source,
            fix="Enter the day on which OMB got it.",
        )
    if not document.strip():
        raise Unusable("Say what was handed in.", field="document", rule=obligation.source)
    try:
        with transaction.atomic():
            kept = Submission.objects.create(
                obligation=obligation,
                submitted_on=submitted_on,
                document=document.strip(),
                address=address,
                recorded_at=now,
                recorded_by=by,
            )
            _audit("record_submission", kept, by, submitted_on=submitted_on.isoformat())
            note_change(obligation, now=now)
    except IntegrityError:
        raise Conflict(
            "Somebody has recorded this already.",
            fix="Look at what stands there. Withdraw it first if it is wrong.",
        ) from None
    return kept


@implements("280.13-b2", "280.13-b3")
@transaction.atomic
def sign_submission(submission: Submission, *, by: Person, now: datetime) -> Submission:
    """The senior accountable official's signature, without which it does not count."""
    found = Submission.objects.select_for_update().get(pk=submission.pk)
    if not may(by, Capability.CERTIFY_QUARTERS, found.obligation.owner):
        raise NotAllowed("Only the senior accountable official signs this.")
    if not needs_signature(found.obligation.code):
        raise Conflict("This counts without a signature.")
    if found.withdrawn_at is not None:
        raise Conflict("This was withdrawn meanwhile.")
    if found.signed_at is not None:
        raise Conflict("This is signed already.")
    found.signed_at, found.signed_by = now, by
    found.save(update_fields=["signed_at", "signed_by"])
    _audit("sign_submission", found, by)
    note_change(found.obligation, now=now)
    return found


@transaction.atomic
def withdraw_submission(
    submission: Submission, *, because: str, by: Person, now: datetime
) -> Submission:
    """Takes back what was recorded by mistake; it stays in the history with the reason."""
    found = Submission.objects.select_for_update().get(pk=submission.pk)
    if not may(by, Capability.SUBMIT_QUARTERS, found.obligation.owner):
        raise NotAllowed("Only who sends to OMB for this provider withdraws what was recorded.")
    if found.withdrawn_at is not None:
        raise Conflict("This was withdrawn already.")
    if not because.strip():
        raise Unusable("Say why it is withdrawn.", field="because")
    found.withdrawn_at, found.withdrawn_by, found.withdrawn_because = now, by, because.strip()
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    _audit("withdraw_submission", found, by, because=because.strip())
    note_change(found.obligation, now=now)
    return found


def _audit(action: str, submission: Submission, by: Person, **detail: object) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(submission.obligation),
        organization=submission.obligation.owner.code,
        detail={"document": submission.document, **detail},
    )
