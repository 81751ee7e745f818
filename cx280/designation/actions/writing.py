"""Writes a proposal while the agency has it: services with why, figures of impact, weights."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction

from cx280.accounts.actions import justify
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.audit.actions import subject_of
from cx280.circular.implements import implements
from cx280.designation.actions.trail import only, told, turn
from cx280.designation.models import Choice, Figure, Proposal
from cx280.designation.queries.proposals import certified_year, known_of, services_to_choose
from cx280.designation.rules.scoring import Span
from cx280.designation.rules.vocabulary import Factor
from cx280.kernel.problem import Conflict, Unusable
from cx280.services.models import Designation, Hisp, Service
from cx280.surveys.rules.impact import weights_of


@implements("280.13-b6", "280.14-a1")
def begin_proposal(hisp: Hisp, *, fiscal_year: int, by: Person) -> Proposal:
    """The provider's one proposal of that year, begun now or before.

    It starts with the services that are designated, and with what the inventory knows of all.
    Raises Conflict where the agency has certified no inventory.
    """
    proposal = Proposal(hisp=hisp, fiscal_year=fiscal_year)
    only(by, Capability.DESIGNATE, proposal, "You may not put services of this provider forward.")
    if certified_year(hisp) is None:
        raise Conflict(
            "The agency has no certified inventory to choose services from.",
            rule="280.13-b6",
            fix="Certify the inventory first, under Services.",
        )
    try:
        with transaction.atomic():
            proposal.save()
            _choose_the_same(proposal)
            _take_over(proposal)
            told("begin_proposal", proposal, by=by)
    except IntegrityError:
        return Proposal.objects.get(hisp=hisp, fiscal_year=fiscal_year)
    return proposal


def _choose_the_same(proposal: Proposal) -> None:
    standing = Designation.objects.filter(hisp=proposal.hisp, ended_on__isnull=True)
    known = dict(standing.values_list("service", "why"))
    Choice.objects.bulk_create(
        Choice(proposal=proposal, service=each, why=known[each.pk])
        for each in services_to_choose(proposal.hisp).filter(pk__in=known)
    )


def _take_over(proposal: Proposal) -> int:
    there = set(proposal.figures.values_list("service", "factor"))
    new = [
        Figure(proposal=proposal, service_id=service, factor=factor, value=value, source=source)
        for service, factor, value, source in known_of(services_to_choose(proposal.hisp))
        if (service, factor) not in there
    ]
    return len(Figure.objects.bulk_create(new))


@transaction.atomic
def take_over_known(proposal: Proposal, *, by: Person) -> int:
    """How many figures the inventory knows now that the proposal did not; typed ones stay."""
    kept = _to_write(proposal, by)
    added = _take_over(kept)
    told("take_over_figures", kept, by=by, figures=added)
    return added


@transaction.atomic
def choose(proposal: Proposal, service: Service, *, why: str, by: Person) -> Choice:
    """The service put forward with its reason; said again, the reason is replaced."""
    kept = _to_write(proposal, by)
    if not services_to_choose(kept.hisp).filter(pk=service.pk).exists():
        raise Conflict(
            f"“{service.name}” is not in the certified inventory of this provider.",
            rule="280.13-b6",
            fix="Certify an inventory that lists the service.",
        )
    choice, _ = Choice.objects.update_or_create(
        proposal=kept, service=service, defaults={"why": why.strip()}
    )
    told("choose_service", kept, by=by, service=service.code, why=why.strip())
    return choice


@transaction.atomic
def drop(proposal: Proposal, service: Service, *, by: Person) -> None:
    """The service is not put forward."""
    kept = _to_write(proposal, by)
    kept.choices.filter(service=service).delete()
    told("drop_service", kept, by=by, service=service.code)


@implements("280.10-b1")
@transaction.atomic
def write_figures(
    proposal: Proposal, service: Service, *, known: Mapping[str, Span], by: Person
) -> None:
    """What is known of the service, by factor; a factor that is not given is not known."""
    kept = _to_write(proposal, by)
    for factor in Factor:
        span = known.get(factor.value)
        if span is None:
            kept.figures.filter(service=service, factor=factor.value).delete()
            continue
        _check(factor, span)
        exact = span.low == span.value == span.high
        Figure.objects.update_or_create(
            proposal=kept, service=service, factor=factor.value,
            defaults={
                "value": span.value, "source": span.source.strip(),
                "low": None if exact else span.low, "high": None if exact else span.high,
            },
        )  # fmt: skip
    told("write_figures", kept, by=by, service=service.code,
         known={name: span.value for name, span in known.items()})  # fmt: skip


def _check(factor: Factor, span: Span) -> None:
    place = factor.value
    if not span.source.strip():
        raise Unusable("Say who says so.", field=f"{place}_source", rule="280.10-b1")
    if not 0 <= span.low <= span.value <= span.high:
        raise Unusable("The figure lies between its two ends.", field=f"{place}_value")
    if factor is Factor.PRIORITY and not 1 <= span.low <= span.high <= 5:
        raise Unusable("A priority is between 1 and 5.", field=f"{place}_value")


@implements("INC-40")
@transaction.atomic
def write_weights(proposal: Proposal, *, weights: Mapping[str, float], by: Person) -> Proposal:
    """The weights, in any unit; raises Unusable for negative ones, or none at all."""
    weights_of(weights)
    kept = _to_write(proposal, by)
    Proposal.objects.filter(pk=kept.pk).update(
        **{f"weight_{each.value}": float(weights.get(each.value, 0)) for each in Factor}
    )
    told("write_weights", kept, by=by, weights=dict(weights))
    return kept


@transaction.atomic
def explain(proposal: Proposal, *, finding: str, text: str, by: Person) -> None:
    """Why a warning is right as it is; OMB reads it with the proposal."""
    kept = _to_write(proposal, by)
    organization = agency_of(kept.hisp.organization).code
    justify(subject_of(kept), finding=finding, text=text, by=by, organization=organization)


def _to_write(proposal: Proposal, by: Person) -> Proposal:
    """The proposal, a revision further; NotAllowed or Conflict where nobody writes in it."""
    now = Proposal.objects.select_related("hisp__organization").get(pk=proposal.pk)
    if not now.is_open:
        raise Conflict(
            "What was signed stays as it is.",
            fix="Ask OMB to return the proposal if it must change.",
        )
    only(by, Capability.DESIGNATE, now, "You may not put services of this provider forward.")
    return turn(now, seen=None)
