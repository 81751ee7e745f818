"""Moves a plan along its way: sign, open again, send, publish."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.queries import told_with_reasons
from cx280.accounts.rules import Capability
from cx280.audit.actions import subject_of
from cx280.circular.implements import implements
from cx280.issued.rules import digest_of
from cx280.kernel.finding import Finding, errors
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.plans.actions.trail import lock, told
from cx280.plans.checks import check
from cx280.plans.models import ActionPlan, PlanVersion
from cx280.plans.queries.plans import facts_of
from cx280.plans.queries.templates import document_of
from cx280.plans.rules.content import content_of
from cx280.plans.rules.stages import after
from cx280.plans.rules.vocabulary import Move


class NotReady(Conflict):
    """The plan may not be signed: something must be mended."""

    def __init__(self, findings: list[Finding]) -> None:
        first = findings[0]
        super().__init__(
            f"This plan cannot be signed yet ({len(findings)} to fix). {first.message}",
            rule=first.rule,
            fix=first.fix,
        )
        self.findings = findings


@implements("280.13-b3", "280.17-f1")
@transaction.atomic
def sign_plan(plan: ActionPlan, *, by: Person) -> PlanVersion:
    """The version as signed, without internal fields, frozen with its digest.

    Only the senior accountable official signs. Raises NotReady while an ERROR stands.
    """
    kept = lock(plan)
    _only(by, Capability.CERTIFY_QUARTERS, kept, "Only the senior accountable official signs.")
    stage = after(kept.stage, Move.SIGN)
    now = timezone.now()
    facts = facts_of(kept, timezone.localdate(now))
    found = check(facts)
    if stopping := errors(found):
        raise NotReady(stopping)
    content = content_of(facts, kept.summary, document_of(kept))
    version = PlanVersion.objects.create(
        plan=kept, number=kept.versions.count() + 1, content=content, digest=digest_of(content),
        warnings=told_with_reasons(subject_of(kept), found), signed_at=now,
    )  # fmt: skip
    kept.stage, kept.signed_at, kept.signed_by = stage.value, now, by
    kept.save(update_fields=["stage", "signed_at", "signed_by"])
    told("sign_action_plan", kept, by, version=version.number, digest=version.digest)
    return version


@transaction.atomic
def reopen_plan(plan: ActionPlan, *, because: str, by: Person) -> ActionPlan:
    """Opens a plan again for a correction; what was published stays until the next is."""
    kept = lock(plan)
    _only(by, Capability.SUBMIT_QUARTERS, kept, "Only who sends to OMB opens a plan again.")
    kept.stage = after(kept.stage, Move.REOPEN).value
    if not because.strip():
        raise Unusable("Say why it is opened again.", field="because")
    kept.save(update_fields=["stage"])
    told("reopen_action_plan", kept, by, because=because.strip())
    return kept


@implements("280.14-e1")
@transaction.atomic
def submit_plan(plan: ActionPlan, *, by: Person) -> ActionPlan:
    """The plan as it was signed, with OMB from now on; the first sending counts for lateness."""
    kept = lock(plan)
    _only(by, Capability.SUBMIT_QUARTERS, kept, "You may not send the plan of this provider.")
    kept.stage = after(kept.stage, Move.SUBMIT).value
    now = timezone.now()
    kept.submitted_at, kept.returned_at = kept.submitted_at or now, None
    kept.save(update_fields=["stage", "submitted_at", "returned_at"])
    version = kept.versions.latest("number")
    version.sent_at = version.sent_at or now
    version.save(update_fields=["sent_at"])
    told("submit_action_plan", kept, by)
    return kept


@implements("280.17-f3")
@transaction.atomic
def publish_plan(plan: ActionPlan, *, by: Person) -> PlanVersion:
    """The version that was sent, public from now on. Only OMB publishes."""
    kept = lock(plan)
    _only(by, Capability.PUBLISH, kept, "Only OMB publishes Action Plans.")
    kept.stage = after(kept.stage, Move.PUBLISH).value
    now = timezone.now()
    version = kept.versions.latest("number")
    version.published_at = now
    version.save(update_fields=["published_at"])
    kept.published_at = now
    kept.save(update_fields=["stage", "published_at"])
    told("publish_action_plan", kept, by, version=version.number)
    return version


def _only(by: Person, capability: Capability, plan: ActionPlan, otherwise: str) -> None:
    if not may(by, capability, plan.hisp.organization):
        raise NotAllowed(otherwise)
