"""What people choose about what is watched; and the watches that exist without set-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from cx280.accounts.models import Person
from cx280.alarms.actions.trail import told
from cx280.alarms.models import Attention, Maintenance, Watch
from cx280.alarms.rules.watches import Default
from cx280.kernel.problem import Unusable
from cx280.services.models import Service


def bring_up(service: Service, wanted: Sequence[Default]) -> int:
    """How many watches are new or changed; those that have nothing to look at are not current."""
    with transaction.atomic():
        known = {(each.kind, each.key, each.unit_id): each
                 for each in Watch.objects.filter(service=service)}  # fmt: skip
        changed = 0
        for each in wanted:
            watch = known.pop((each.kind.value, each.key, each.unit), None)
            if watch is None:
                Watch.objects.create(
                    service=service, kind=each.kind.value, key=each.key, unit_id=each.unit,
                    label=each.label[:200],
                )  # fmt: skip
                changed += 1
            elif watch.label != each.label[:200] or not watch.is_current:
                watch.label, watch.is_current = each.label[:200], True
                watch.save(update_fields=["label", "is_current"])
                changed += 1
        gone = [each.pk for each in known.values() if each.is_current]
        return changed + Watch.objects.filter(pk__in=gone).update(is_current=False)


def choose_sensitivity(service: Service, *, a_month: float, by: Person) -> Attention:
    """How many false alarms a month are accepted of the service from now on."""
    if not a_month > 0:
        raise Unusable("False alarms a month must be more than zero; 1 is usual.", field="a_month")
    with transaction.atomic():
        found, _ = Attention.objects.update_or_create(
            service=service, defaults={"a_month": a_month}
        )
        told("choose_sensitivity", found, service.owner, by=by, a_month=a_month)
    return found


def keep_replay(
    service: Service, *, told: Sequence[tuple[str, int]], days: int, today: date
) -> None:
    """Keeps what each choice would have told; no choice of a person's, so the trail has nothing."""
    Attention.objects.update_or_create(
        service=service,
        defaults={"replayed": [list(each) for each in told], "replayed_days": days,
                  "replayed_on": today},
    )  # fmt: skip


def switch(watch: Watch, *, enabled: bool, by: Person) -> None:
    """Whether it is watched at all."""
    with transaction.atomic():
        Watch.objects.filter(pk=watch.pk).update(enabled=enabled)
        told("switch_watch", watch, watch.service.owner, by=by, enabled=enabled)


def mute(watch: Watch, *, until: datetime | None, by: Person, now: datetime) -> None:
    """Nobody is told of it until then; None ends that. Unusable for the past."""
    if until is not None and until <= now:
        raise Unusable("Mute it until a later time.", field="until")
    with transaction.atomic():
        Watch.objects.filter(pk=watch.pk).update(muted_until=until)
        told("mute_watch", watch, watch.service.owner, by=by, until=until)


def plan_maintenance(
    service: Service, *, starts_at: datetime, ends_at: datetime, reason: str, by: Person
) -> Maintenance:
    """Hours of work on the service, in which nothing is an alarm. Unusable for an end before."""
    if ends_at <= starts_at:
        raise Unusable("Maintenance ends after it starts.", field="ends_at")
    with transaction.atomic():
        made = Maintenance.objects.create(
            service=service, starts_at=starts_at, ends_at=ends_at, reason=reason.strip(), by=by
        )
        told("plan_maintenance", made, service.owner, by=by, starts_at=starts_at, ends_at=ends_at)
    return made


def cancel_maintenance(maintenance: Maintenance, *, by: Person) -> None:
    """The hours are watched again."""
    with transaction.atomic():
        told("cancel_maintenance", maintenance, maintenance.service.owner, by=by,
             starts_at=maintenance.starts_at, ends_at=maintenance.ends_at)  # fmt: skip
        maintenance.delete()
