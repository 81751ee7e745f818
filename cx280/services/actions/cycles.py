"""Inventory cycles: open, review, certify."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict
from cx280.services.actions.trail import told
from cx280.services.models import InventoryCycle
from cx280.services.queries.inventory import InventoryLine, lines_to_certify
from cx280.services.queries.records import records_of
from cx280.services.rules.inventory_json import digest_of, snapshot

State = InventoryCycle.State


def open_cycle(
    agency: Organization, *, fiscal_year: int, by: Person, certifier: Person | None = None
) -> InventoryCycle:
    """The year's cycle, open for bureaus to enter; whoever opens it answers for it by default."""
    try:
        with transaction.atomic():
            cycle = InventoryCycle.objects.create(
                agency=agency, fiscal_year=fiscal_year, certifier=certifier or by
            )
            told("open_inventory", cycle, by=by, organization=agency, fiscal_year=fiscal_year)
    except IntegrityError as problem:
        raise Conflict(f"FY{fiscal_year} already has an inventory cycle.") from problem
    return cycle


def start_review(cycle: InventoryCycle, *, by: Person) -> None:
    """Bureaus are done entering; what they entered is looked over."""
    _go(cycle, State.OPEN, State.REVIEW, "review_inventory", by)


def return_to_bureaus(cycle: InventoryCycle, *, by: Person) -> None:
    """The review found gaps; bureaus enter again."""
    _go(cycle, State.REVIEW, State.OPEN, "return_inventory", by)


@implements("280.5-a1", "280.4-d5")
def certify_inventory(cycle: InventoryCycle, *, by: Person, at: datetime | None = None) -> None:
    """The inventory as it stands is certified: who, when, how many, and the digest of all of it.

    Raises Conflict before the review, without services, and while a service has an ERROR.
    """
    moment = at or timezone.now()
    with transaction.atomic():
        held = InventoryCycle.objects.select_for_update().get(pk=cycle.pk)
        if held.state != State.REVIEW:
            raise Conflict("Only an inventory in review can be certified.", rule="280.5-a1")
        lines = lines_to_certify(held, timezone.localtime(moment).date())
        _refuse_errors(lines)
        taken = snapshot(records_of([each.service for each in lines]))
        cycle.state = State.CERTIFIED
        cycle.certified_at = moment
        cycle.certified_by = by
        cycle.service_count = len(lines)
        cycle.inventory = taken
        cycle.digest = digest_of(taken)
        cycle.save()
        told(
            "certify_inventory",
            cycle,
            by=by,
            organization=cycle.agency,
            services=len(lines),
            digest=cycle.digest,
        )


def _refuse_errors(lines: list[InventoryLine]) -> None:
    if not lines:
        raise Conflict("There is no service to certify.", rule="280.5-a1")
    wrong = [each for each in lines if each.errors]
    if wrong:
        named = ", ".join(f"“{each.service.name}”" for each in wrong[:3])
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        raise Conflict(
            f"{len(wrong)} of {len(lines)} services have errors: {named}{more}.",
            rule="280.5-a1",
            fix="Correct them, or retire services that are no longer given.",
        )


def _go(
    cycle: InventoryCycle, before: InventoryCycle.State, after: InventoryCycle.State,
    action: str, by: Person,
) -> None:  # fmt: skip
    with transaction.atomic():
        held = InventoryCycle.objects.select_for_update().get(pk=cycle.pk)
        if held.state != before:
            raise Conflict(f"This inventory is “{State(held.state).label.lower()}” now.")
        cycle.state = after
        cycle.save(update_fields=["state"])
        told(action, cycle, by=by, organization=cycle.agency)
