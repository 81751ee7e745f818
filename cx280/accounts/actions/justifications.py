"""Keeps why a warning was accepted."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from cx280.accounts.models import Justification, Person
from cx280.audit.actions import record
from cx280.kernel.finding import Finding, warnings
from cx280.kernel.problem import NotFound, Unusable

SHORTEST = 10


def justify(
    subject: str, *, finding: str, text: str, by: Person, organization: str = ""
) -> Justification:
    """The written reason why this finding of this thing is accepted; a later one replaces it.

    `subject` as audit.actions.subject_of gives it; `finding` is Finding.key. What stood there
    before stays in the audit trail, under the unit code `organization`.
    """
    words = text.strip()
    if len(words) < SHORTEST:
        raise Unusable(
            "Say in a sentence why this is right as it is.",
            field="text",
            rule=finding.split("@")[0],
        )
    with transaction.atomic():
        before = Justification.objects.filter(subject=subject, finding=finding).first()
        kept, _ = Justification.objects.update_or_create(
            subject=subject, finding=finding,
            defaults={"text": words, "person": by, "written_at": timezone.now()},
        )  # fmt: skip
        record(
            actor=by.email,
            action="justify_finding",
            subject=subject,
            organization=organization,
            detail={"finding": finding, "before": before.text if before else "", "after": words},
        )
    return kept


def give_reason(
    subject: str,
    standing: Iterable[Finding],
    *,
    stamp: str,
    text: str,
    by: Person,
    organization: str = "",
) -> Justification:
    """Why a warning stands, kept as long as what was found stays the same (Finding.stamp).

    standing: what the checks find now; raises NotFound when that warning is not among it.
    """
    if stamp not in {each.stamp for each in warnings(standing)}:
        raise NotFound("That warning does not stand any more, so it needs no reason.")
    return justify(subject, finding=stamp, text=text, by=by, organization=organization)
