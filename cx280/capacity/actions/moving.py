"""Moves an assessment along its way: sign, hand to OMB, open again."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.audit.actions import record, subject_of
from cx280.capacity.actions.writing import lock
from cx280.capacity.checks import check
from cx280.capacity.models import Assessment, AssessmentVersion
from cx280.capacity.queries.assessments import content_now, facts_of
from cx280.capacity.rules.stages import after
from cx280.capacity.rules.vocabulary import Move
from cx280.circular.implements import implements
from cx280.issued.rules import digest_of
from cx280.kernel.finding import Finding, errors
from cx280.kernel.problem import Conflict, NotAllowed, Unusable


class NotReady(Conflict):
    """The assessment may not be signed: something must be mended."""

    def __init__(self, findings: list[Finding]) -> None:
        first = findings[0]
        super().__init__(
            f"This cannot be signed yet ({len(findings)} to fix). {first.message}",
            rule=first.rule,
            fix=first.fix,
        )
        self.findings = findings


@implements("280.13-b2", "280.17-a1", "280.9-g1")
@transaction.atomic
def sign_assessment(
    assessment: Assessment, *, by: Person, now: datetime | None = None
) -> AssessmentVersion:
    """The version as signed: everything said, what cx280 knew that day, the template, a digest.

    Only the senior accountable official signs. Raises NotReady while an ERROR stands. A reflection
    ends here; OMB may read it from now on.
    """
    kept = lock(assessment)
    _only(by, Capability.CERTIFY_QUARTERS, kept, "Only the senior accountable official signs.")
    stage = after(kept.kind, kept.stage, Move.SIGN)
    at = now or timezone.now()
    facts = facts_of(kept, timezone.localdate(at))
    if stopping := errors(check(facts)):
        raise NotReady(stopping)
    if not any(facts.rated(each) for each in facts.template.functions):
        raise Conflict("Nothing is answered yet.", rule="280.9-g1", fix="Answer one practice.")
    content = content_now(kept, facts)
    version = AssessmentVersion.objects.create(
        assessment=kept, number=kept.versions.count() + 1, content=content,
        digest=digest_of(content), signed_at=at, signed_by=by,
        given_at=at if kept.is_reflection else None,
    )  # fmt: skip
    kept.stage, kept.signed_at, kept.signed_by = stage.value, at, by
    kept.save(update_fields=["stage", "signed_at", "signed_by"])
    _audit("sign_assessment", kept, by, version=version.number, digest=version.digest)
    return version


@implements("280.14-d1")
@transaction.atomic
def submit_assessment(
    assessment: Assessment, *, by: Person, now: datetime | None = None
) -> Assessment:
    """The version that was signed, with OMB from now on; the first time counts for lateness."""
    kept = lock(assessment)
    _only(by, Capability.SUBMIT_QUARTERS, kept, "You may not hand this to OMB.")
    kept.stage = after(kept.kind, kept.stage, Move.SUBMIT).value
    at = now or timezone.now()
    kept.submitted_at = kept.submitted_at or at
    kept.save(update_fields=["stage", "submitted_at"])
    version = kept.versions.latest("number")
    version.given_at = at
    version.save(update_fields=["given_at"])
    _audit("submit_assessment", kept, by, version=version.number)
    return kept


@transaction.atomic
def reopen_assessment(assessment: Assessment, *, because: str, by: Person) -> Assessment:
    """Opens it again for a correction; what OMB reads stays until the next is handed over."""
    kept = lock(assessment)
    _only(by, Capability.SUBMIT_QUARTERS, kept, "Only who hands to OMB opens it again.")
    kept.stage = after(kept.kind, kept.stage, Move.REOPEN).value
    if not because.strip():
        raise Unusable("Say why it is opened again.", field="because")
    kept.save(update_fields=["stage"])
    _audit("reopen_assessment", kept, by, because=because.strip())
    return kept


def _only(by: Person, capability: Capability, assessment: Assessment, otherwise: str) -> None:
    if not may(by, capability, assessment.organization):
        raise NotAllowed(otherwise)


def _audit(action: str, assessment: Assessment, by: Person, **detail: object) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(assessment),
        organization=assessment.organization.code,
        detail={"fiscal_year": assessment.fiscal_year, **detail},
    )
