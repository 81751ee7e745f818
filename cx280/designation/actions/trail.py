"""What every change of a proposal begins and ends with: the turn, and the audit trail."""

from __future__ import annotations

from django.db.models import F

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.designation.models import Proposal
from cx280.kernel.problem import Conflict, NotAllowed


class ChangedMeanwhile(Conflict):
    """Somebody changed the proposal after the person had opened it."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed this proposal while you looked at it.",
            fix="Open the page again, and decide on what stands there now.",
        )


def only(by: Person, capability: Capability, proposal: Proposal, otherwise: str) -> None:
    """Raises NotAllowed unless the person may do this for the provider."""
    if not may(by, capability, proposal.hisp.organization):
        raise NotAllowed(otherwise)


def turn(proposal: Proposal, *, seen: int | None, **fields: object) -> Proposal:
    """The proposal with the fields set, if it is still the revision that was seen.

    seen: the revision; None for the one `proposal` was read at. One update decides: of two people
    at once, the second is told (ChangedMeanwhile).
    """
    at = proposal.revision if seen is None else seen
    changed = Proposal.objects.filter(pk=proposal.pk, revision=at, stage=proposal.stage).update(
        revision=F("revision") + 1, **fields
    )
    if not changed:
        raise ChangedMeanwhile
    return Proposal.objects.select_related("hisp__organization").get(pk=proposal.pk)


def told(action: str, proposal: Proposal, *, by: Person, **detail: object) -> None:
    """Adds the entry, with the provider and the year."""
    record(
        actor=by.email,
        action=action,
        subject=subject_of(proposal),
        organization=agency_of(proposal.hisp.organization).code,
        detail={"hisp": proposal.hisp.code, "fiscal_year": proposal.fiscal_year, **detail},
    )
