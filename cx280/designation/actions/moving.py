"""Moves a proposal: the official signs, OMB concurs with a day or returns it with a reason."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.circular.implements import implements
from cx280.designation.actions.trail import only, told, turn
from cx280.designation.checks import check
from cx280.designation.models import Proposal, Step
from cx280.designation.queries.proposals import choices_of, content_now, facts_of
from cx280.designation.rules.content import digest
from cx280.designation.rules.stages import after, counts_from, counts_until
from cx280.designation.rules.vocabulary import Move
from cx280.kernel.finding import Finding, errors
from cx280.kernel.problem import Conflict, Unusable
from cx280.services import actions as services
from cx280.services.models import Designation


class NotReady(Conflict):
    """The proposal may not be signed: something must be mended."""

    def __init__(self, findings: list[Finding]) -> None:
        first = findings[0]
        super().__init__(
            f"This proposal cannot be signed yet ({len(findings)} to fix). {first.message}",
            rule=first.rule,
            fix=first.fix,
        )
        self.findings = findings


@implements("280.13-b1", "280.13-b6", "280.14-a1")
@transaction.atomic
def sign_proposal(proposal: Proposal, *, seen: int, by: Person, on: date) -> Step:
    """The signature, with what was signed; the services are proposed to OMB from that day.

    Only the senior accountable official signs. Raises NotReady while an ERROR stands.
    """
    only(by, Capability.SIGN_DESIGNATIONS, proposal,
         "Only the senior accountable official signs a proposal.")  # fmt: skip
    stage = after(proposal.stage, Move.SIGN)
    facts = facts_of(proposal)
    if stopping := errors(check(facts)):
        raise NotReady(stopping)
    kept = turn(proposal, seen=seen, stage=stage.value, signed_on=proposal.signed_on or on)
    content = content_now(kept, facts)
    _propose(kept, by, on)
    told("sign_proposal", kept, by=by, digest=digest(content))
    return _step(kept, Move.SIGN, by, on, content=content)


def _propose(proposal: Proposal, by: Person, on: date) -> None:
    """Each service that is not designated yet, signed, so that it waits for OMB."""
    standing = {each.service_id: each for each in _standing(proposal)}
    for choice in choices_of(proposal):
        row = standing.get(choice.service_id)
        if row is None:
            row = services.propose_designation(
                proposal.hisp, choice.service, by=by, on=on, why=choice.why
            )
        if row.signed_on is None:
            services.sign_designation(row, by=by, on=on)


def _standing(proposal: Proposal) -> list[Designation]:
    return list(
        Designation.objects.filter(hisp=proposal.hisp, ended_on__isnull=True).select_related(
            "service__owner", "hisp__organization"
        )
    )


@implements("INC-25")
@transaction.atomic
def return_proposal(proposal: Proposal, *, seen: int, because: str, by: Person, on: date) -> Step:
    """OMB gives it back with what has to change; what was signed stays in the history.

    Services that were only waiting for OMB wait no longer.
    """
    only(by, Capability.CONCUR, proposal, "Only OMB returns a proposal.")
    stage = after(proposal.stage, Move.RETURN)
    if not because.strip():
        raise Unusable("Say what the agency has to change.", field="because")
    kept = turn(proposal, seen=seen, stage=stage.value, returned_on=on)
    for each in _standing(kept):
        if each.concurred_on is None:
            services.end_designation(each, by=by, on=on, why=because.strip())
    told("return_proposal", kept, by=by, because=because.strip())
    return _step(kept, Move.RETURN, by, on, words=because.strip())


@implements("INC-25", "280.13-b6")
@transaction.atomic
def concur_with_proposal(
    proposal: Proposal, *, seen: int, on: date, by: Person, words: str = ""
) -> Step:
    """OMB concurs, on the day it gives: the services are the designated ones of the year.

    They count from that day, never before the year begins; others end the day before.
    """
    only(by, Capability.CONCUR, proposal, "Only OMB concurs with a proposal.")
    stage = after(proposal.stage, Move.CONCUR)
    signed = proposal.history.filter(move=Move.SIGN.value).latest("at")
    if not signed.on <= on <= timezone.localdate():
        raise Unusable(
            "OMB concurs on a day between the signature and today.", field="on", rule="280.13-b6"
        )
    kept = turn(proposal, seen=seen, stage=stage.value, concurred_on=on)
    first = counts_from(on, kept.fiscal_year)
    chosen = {each.service_id for each in choices_of(kept)}
    for each in _standing(kept):
        if each.service_id not in chosen:
            services.end_designation(
                each, by=by, on=max(counts_until(first), each.concurred_on or date.min),
                why=f"Not put forward for FY{kept.fiscal_year}.",
            )  # fmt: skip
        elif each.concurred_on is None:
            services.concur(each, by=by, on=first)
    told("concur_with_proposal", kept, by=by, on=on.isoformat(), words=words.strip())
    return _step(kept, Move.CONCUR, by, on, words=words.strip())


def _step(
    proposal: Proposal, move: Move, by: Person, on: date, *, words: str = "",
    content: dict[str, object] | None = None,
) -> Step:  # fmt: skip
    return Step.objects.create(
        proposal=proposal, move=move.value, at=timezone.now(), on=on, by=by, words=words,
        content=content, digest=digest(content) if content else "",
    )  # fmt: skip
