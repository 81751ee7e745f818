"""Designates services: drafted, signed by the accountable official, concurred with by OMB."""

from datetime import date

from django.db import IntegrityError, transaction

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict
from cx280.services.actions.trail import told
from cx280.services.models import Designation, Hisp, Service
from cx280.services.queries.providers import designated_facts
from cx280.services.rules.designation import below_minimum, not_in_inventory


def propose_designation(
    hisp: Hisp, service: Service, *, by: Person, on: date, why: str = ""
) -> Designation:
    """The designation, drafted; it goes to OMB when the accountable official signs."""
    if not agency_of(hisp.organization).contains(service.owner):
        raise Conflict(f"“{service.name}” belongs to another agency than {hisp.name}.")
    if service.hisp_id not in {None, hisp.pk}:
        raise Conflict(f"“{service.name}” belongs to {service.hisp}.")
    try:
        with transaction.atomic():
            designation = Designation.objects.create(
                hisp=hisp, service=service, why=why, proposed_on=on, proposed_by=by
            )
            if service.hisp is None:
                service.hisp = hisp
                service.save(update_fields=["hisp", "changed_at"])
            _told("propose_designation", designation, by=by, why=why)
    except IntegrityError as problem:
        raise Conflict(f"“{service.name}” is already designated.") from problem
    return designation


@implements("280.13-b1", "280.14-a2")
def sign_designation(designation: Designation, *, by: Person, on: date) -> None:
    """The designation goes to OMB with the signature of the senior accountable official.

    Raises Conflict when the service is in no certified inventory or below the minimum of 280.5.
    """
    facts = designated_facts([designation])
    for found in [*not_in_inventory(facts), *below_minimum(facts)]:
        raise Conflict(found.message, rule=found.rule, fix=found.fix)
    with transaction.atomic():
        held = Designation.objects.select_for_update().get(pk=designation.pk)
        if held.signed_on is not None or held.ended_on is not None:
            raise Conflict("This designation is signed already, or has ended.")
        designation.signed_on, designation.signed_by = on, by
        designation.save(update_fields=["signed_on", "signed_by"])
        _told("sign_designation", designation, by=by)


@implements("INC-25", "280.13-b1")
def concur(designation: Designation, *, by: Person, on: date) -> None:
    """OMB concurs: from that day the service counts as designated."""
    with transaction.atomic():
        held = Designation.objects.select_for_update().get(pk=designation.pk)
        if held.signed_on is None:
            raise Conflict(
                "The senior accountable official has not signed this designation.",
                rule="280.13-b1",
            )
        if held.concurred_on is not None or held.ended_on is not None:
            raise Conflict("OMB has concurred already, or the designation has ended.")
        designation.concurred_on, designation.concurred_by = on, by
        designation.save(update_fields=["concurred_on", "concurred_by"])
        _told("concur_with_designation", designation, by=by)


def end_designation(designation: Designation, *, by: Person, on: date, why: str) -> None:
    """The service is designated until that day, included."""
    with transaction.atomic():
        designation.ended_on = on
        designation.save(update_fields=["ended_on"])
        _told("end_designation", designation, by=by, why=why, on=str(on))


def _told(action: str, designation: Designation, *, by: Person, **detail: object) -> None:
    told(
        action,
        designation,
        by=by,
        organization=designation.hisp.organization,
        service=designation.service.code,
        hisp=designation.hisp.code,
        **detail,
    )
