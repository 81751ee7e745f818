"""Opens a service's quarter and keeps what people write into it while it is a draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.deadlines import edition_for
from cx280.kernel.problem import Conflict, Unusable
from cx280.kernel.quarter import Quarter
from cx280.reporting.models import Package, PackageIndicator
from cx280.reporting.rules.content import Indicator
from cx280.reporting.rules.states import is_editable
from cx280.services.models import Service

SYSTEM = "system"


class NotEditable(Conflict):
    """The package left the agency's desk; what is in it stands."""

    def __init__(self, package: Package) -> None:
        super().__init__(
            f"This quarter is “{package.get_state_display()}” and can no longer be changed.",
            fix="Open it again first, or wait until OMB returns it.",
        )


@transaction.atomic
def build_draft(service: Service, quarter: Quarter, *, by: str = SYSTEM) -> Package:
    """The service's package for the quarter: a new draft, or the one there is.

    A new draft starts with last quarter's reasons and indicators, their values blank. Figures are
    not stored: they are drawn from the measures until somebody signs.
    """
    if service.hisp is None:
        raise Unusable(
            f"{service.name} belongs to no High-Impact Service Provider.", rule="280.14-c1"
        )
    before = _package(service, quarter.previous)
    package, created = Package.objects.get_or_create(
        service=service,
        fiscal_year=quarter.fiscal_year,
        quarter=quarter.number,
        defaults={
            "hisp": service.hisp,
            "edition": edition_for(quarter.fiscal_year).id,
            "not_applicable": before.not_applicable if before else {},
        },
    )
    if created:
        if before is not None:
            _carry_over(before, package)
        _record(package, by, "open_quarter")
    return package


def _package(service: Service, quarter: Quarter) -> Package | None:
    return Package.objects.filter(
        service=service, fiscal_year=quarter.fiscal_year, quarter=quarter.number
    ).first()


def _carry_over(before: Package, package: Package) -> None:
    PackageIndicator.objects.bulk_create(
        PackageIndicator(
            package=package,
            name=each.name,
            unit=each.unit,
            direction=each.direction,
            target=each.target,
        )
        for each in before.indicators.all()
    )


@transaction.atomic
def save_narrative(
    package: Package, *, accomplishments: str, reflection: str, by: Person
) -> Package:
    """Keeps the two texts, however long: the checks say when they do not fit the template."""
    kept = lock_for_writing(package)
    before = {"accomplishments": kept.accomplishments, "reflection": kept.reflection}
    kept.accomplishments = accomplishments.replace("\r\n", "\n").strip()
    kept.reflection = reflection.replace("\r\n", "\n").strip()
    kept.save(update_fields=["accomplishments", "reflection", "changed_at"])
    _record(kept, by.email, "write_quarter_narrative", before=before)
    return kept


@dataclass(frozen=True, slots=True)
class TypedVolumes:
    """What people wrote down for one survey; None where they left it blank."""

    customers: int | None
    offered: int | None


@transaction.atomic
def save_volumes(
    package: Package,
    *,
    customers_served: int | None,
    surveys: Mapping[str, TypedVolumes],
    by: Person,
) -> Package:
    """Keeps how many people were served, in all and at each survey's point, and asked."""
    kept = lock_for_writing(package)
    before = {"customers_served": kept.customers_served, "surveys": kept.survey_volumes}
    kept.customers_served = customers_served
    kept.survey_volumes = {
        code: {"customers": each.customers, "offered": each.offered}
        for code, each in surveys.items()
        if each.customers is not None or each.offered is not None
    }
    kept.save(update_fields=["customers_served", "survey_volumes", "changed_at"])
    _record(kept, by.email, "write_quarter_volumes", before=before)
    return kept


@transaction.atomic
def save_indicators(package: Package, *, indicators: Sequence[Indicator], by: Person) -> Package:
    """Keeps these service-level indicators, in this order, instead of those there were."""
    kept = lock_for_writing(package)
    names = [each.name.strip().casefold() for each in indicators]
    if len(set(names)) < len(names):
        raise Unusable("Two indicators have the same name.", rule="280.10-r1", field="name")
    before = list(kept.indicators.values("name", "unit", "target", "value"))
    kept.indicators.all().delete()
    for each in indicators:
        PackageIndicator.objects.create(
            package=kept,
            name=each.name.strip(),
            unit=each.unit.strip(),
            direction=each.direction,
            target=each.target,
            value=each.value,
            numerator=each.numerator,
            denominator=each.denominator,
        )
    kept.save(update_fields=["changed_at"])
    _record(kept, by.email, "write_quarter_indicators", before={"indicators": before})
    return kept


@transaction.atomic
def say_not_applicable(
    package: Package, *, driver: str, reason: str, agreed: bool, by: Person
) -> Package:
    """Keeps why a driver does not apply; blank takes the reason back.

    agreed: whether this person may agree to it and does (INC-21); the caller has asked access.
    A changed reason needs a new agreement.
    """
    kept = lock_for_writing(package)
    before = kept.not_applicable.get(driver, {})
    words = reason.strip()
    reasons = {code: said for code, said in kept.not_applicable.items() if code != driver}
    if words:
        same = before.get("reason") == words
        approver = by.name if agreed else before.get("approver", "") if same else ""
        reasons[driver] = {"reason": words, "approver": approver}
    kept.not_applicable = reasons
    kept.save(update_fields=["not_applicable", "changed_at"])
    _record(kept, by.email, "excuse_driver", driver=driver, before=before)
    return kept


@transaction.atomic
def ask_to_sign(package: Package, *, by: Person) -> Package:
    """Puts the quarter before the senior accountable official."""
    kept = lock_for_writing(package)
    kept.asked_to_sign_at = timezone.now()
    kept.not_signed_because = ""
    kept.save(update_fields=["asked_to_sign_at", "not_signed_because", "changed_at"])
    _record(kept, by.email, "ask_to_sign_quarter")
    return kept


def lock(package: Package) -> Package:
    """The package as it stands now, held until the end of the transaction."""
    return (
        Package.objects.select_for_update(of=("self",))
        .select_related("service__owner", "hisp")
        .get(pk=package.pk)
    )


def lock_for_writing(package: Package) -> Package:
    """The locked package; raises NotEditable once it is signed."""
    kept = lock(package)
    if not is_editable(kept.state):
        raise NotEditable(kept)
    return kept


def _record(package: Package, actor: str, action: str, **detail: object) -> None:
    record(
        actor=actor,
        action=action,
        subject=subject_of(package),
        organization=agency_of(package.service.owner).code,
        detail={"quarter": f"FY{package.fiscal_year} Q{package.quarter}", **detail},
    )
