"""Moves a package along its way: sign, reopen, send, return, accept."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from cx280.accounts.access import may
from cx280.accounts.models import Justification, Person
from cx280.accounts.queries import justifications_for
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, errors, warnings
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.measures.actions import recount
from cx280.reporting.actions.drafts import lock
from cx280.reporting.checks import check
from cx280.reporting.models import Package, PackageVersion, Review
from cx280.reporting.queries.content import (
    drawn_content,
    facts_for,
    latest_version,
    previous_content,
    quarter_of,
    versions_in,
)
from cx280.reporting.rules.content import as_json, digest
from cx280.reporting.rules.states import Step, after

SHORTEST_REASON = 10  # characters; ours, so that “ok” is no reason


class NotReady(Conflict):
    """The package may not be signed: something must be fixed, or explained."""

    def __init__(self, findings: list[Finding]) -> None:
        first = findings[0]
        stop = len(errors(findings))
        what = f"{stop} to fix" if stop else f"{len(findings)} to explain"
        super().__init__(
            f"This quarter cannot be signed yet ({what}). {first.message}",
            rule=first.rule,
            fix=first.fix,
        )
        self.findings = findings


@implements("280.10-h1", "280.10-h2", "280.10-h3")
@transaction.atomic
def certify(package: Package, *, by: Person) -> PackageVersion:
    """The version as signed: figures recounted a last time, checked, frozen with its digest.

    Only a senior accountable official of the agency signs. Raises NotReady while an ERROR stands
    or a WARN has no written justification.
    """
    kept = lock(package)
    _only(by, Capability.CERTIFY_QUARTERS, kept, "Only the senior accountable official signs.")
    kept.state = after(kept.state, Step.CERTIFY)
    for version in versions_in(kept):
        recount(version, quarter_of(kept))
    now = timezone.now()
    content = drawn_content(kept)
    findings = check(content, previous_content(kept), facts_for(kept, timezone.localdate(now)))
    reasons = justifications_for(subject_of(kept))
    _refuse_unready(findings, reasons)
    signed = PackageVersion.objects.create(
        package=kept,
        number=kept.versions.count() + 1,
        content=as_json(content),
        findings=[_kept(each, reasons.get(each.key)) for each in findings],
        digest=digest(content),
        certified_by=by,
        certified_at=now,
    )
    kept.certified_at, kept.certified_by = now, by
    kept.asked_to_sign_at, kept.not_signed_because = None, ""
    kept.save()
    _record(kept, by, "certify_quarter", version=signed.number, digest=signed.digest)
    return signed


def _refuse_unready(findings: list[Finding], reasons: Mapping[str, Justification]) -> None:
    stopping = errors(findings)
    if stopping:
        raise NotReady(stopping)
    silent = [each for each in warnings(findings) if each.key not in reasons]
    if silent:
        raise NotReady(silent)


def _kept(finding: Finding, reason: Justification | None) -> dict[str, str | None]:
    """The finding as the version keeps it, with the reason as it stood when it was signed."""
    return {
        **finding.as_dict(),
        "reason": reason.text if reason else None,
        "reason_by": reason.person.name if reason else None,
    }


@transaction.atomic
def refuse_to_sign(package: Package, *, because: str, by: Person) -> Package:
    """Gives the quarter back to the CX lead unsigned, with the reason."""
    kept = lock(package)
    _only(by, Capability.CERTIFY_QUARTERS, kept, "Only the senior accountable official decides.")
    after(kept.state, Step.CERTIFY)
    kept.asked_to_sign_at = None
    kept.not_signed_because = _words(because, "Say what has to change before you sign.")
    kept.save(update_fields=["asked_to_sign_at", "not_signed_because", "changed_at"])
    _record(kept, by, "refuse_to_sign_quarter", because=kept.not_signed_because)
    return kept


@transaction.atomic
def reopen(package: Package, *, because: str, by: Person) -> Package:
    """Opens a signed quarter that was not sent, or a published one for a correction.

    The reason given for a published one becomes the reason of the next release.
    """
    kept = lock(package)
    _only(by, Capability.SUBMIT_QUARTERS, kept, "Only the CX lead opens a quarter again.")
    before = kept.state
    kept.state = after(kept.state, Step.REOPEN)
    words = _words(because, "Say why the quarter is opened again.")
    if before == Package.State.PUBLISHED:
        if len(words) > 500:
            raise Unusable("Keep the reason under 500 characters.", field="because")
        kept.correction = words
    kept.save(update_fields=["state", "correction", "changed_at"])
    _record(kept, by, "reopen_quarter", because=words, before=before)
    return kept


@implements("280.14-c1")
@transaction.atomic
def submit(package: Package, *, by: Person) -> Package:
    """Sends the signed version to OMB; the first sending is the one that counts for lateness."""
    kept = lock(package)
    _only(by, Capability.SUBMIT_QUARTERS, kept, "Only the agency CX lead sends a quarter to OMB.")
    kept.state = after(kept.state, Step.SUBMIT)
    now = timezone.now()
    version = latest_version(kept)
    PackageVersion.objects.filter(pk=version.pk, submitted_at__isnull=True).update(submitted_at=now)
    kept.submitted_at = kept.submitted_at or now
    kept.save(update_fields=["state", "submitted_at", "changed_at"])
    _record(kept, by, "submit_quarter", version=version.number, digest=version.digest)
    return kept


@transaction.atomic
def accept(package: Package, *, by: Person, comment: str = "") -> Review:
    """OMB takes the report as it is."""
    kept = lock(package)
    _only(by, Capability.REVIEW_QUARTERS, kept, "Only OMB reviews reports.")
    kept.state = after(kept.state, Step.ACCEPT)
    kept.accepted_at = timezone.now()
    kept.save(update_fields=["state", "accepted_at", "changed_at"])
    return _review(kept, Review.Decision.ACCEPTED, comment.strip(), by)


@transaction.atomic
def return_to_agency(package: Package, *, comment: str, by: Person) -> Review:
    """OMB gives the report back with what has to change."""
    kept = lock(package)
    _only(by, Capability.REVIEW_QUARTERS, kept, "Only OMB reviews reports.")
    kept.state = after(kept.state, Step.RETURN)
    words = _words(comment, "Say what the agency has to change.")
    kept.accepted_at = None
    kept.save(update_fields=["state", "accepted_at", "changed_at"])
    return _review(kept, Review.Decision.RETURNED, words, by)


def _review(package: Package, decision: str, comment: str, by: Person) -> Review:
    review = Review.objects.create(
        version=latest_version(package), decision=decision, comment=comment, reviewer=by
    )
    _record(package, by, f"review_quarter_{decision}", comment=comment)
    return review


def _only(by: Person, capability: Capability, package: Package, refusal: str) -> None:
    if not may(by, capability, package.service.owner):
        raise NotAllowed(refusal)


def _words(text: str, otherwise: str) -> str:
    words = text.strip()
    if len(words) < SHORTEST_REASON:
        raise Unusable(otherwise, field="because")
    return words


def _record(package: Package, by: Person, action: str, **detail: object) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(package),
        organization=agency_of(package.service.owner).code,
        detail={"quarter": f"FY{package.fiscal_year} Q{package.quarter}", **detail},
    )
