"""Plans a talk, takes down that it was held, or cancels it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.deep_dive.models import Discussion
from cx280.deep_dive.rules.vocabulary import Kind
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.services.models import Hisp


def plan_talk(
    hisp: Hisp,
    *,
    kind: str,
    fiscal_year: int,
    subject: str,
    planned_on: date,
    asks: str = "",
    by: Person,
) -> Discussion:
    """The planned talk; raises Conflict when the year's deep dive is there already."""
    only_these_two(by, hisp)
    try:
        with transaction.atomic():
            talk = Discussion.objects.create(
                hisp=hisp, kind=Kind.of(kind).value, fiscal_year=fiscal_year,
                subject=subject.strip(), planned_on=planned_on, asks=asks.strip(), recorded_by=by,
            )  # fmt: skip
            told("plan_talk", talk, by, planned_on=planned_on.isoformat())
    except IntegrityError:
        raise Conflict(
            f"There is a deep dive of {hisp.name} for FY{fiscal_year} already.",
            rule="280.14-d2",
            fix="Open that one, or cancel it first.",
        ) from None
    return talk


@transaction.atomic
def change_plan(
    talk: Discussion, *, subject: str, planned_on: date, asks: str, by: Person
) -> Discussion:
    """Another day, subject or other asks, while the talk was not held."""
    kept = _lock(talk, by)
    _still_ahead(kept)
    kept.subject, kept.planned_on, kept.asks = subject.strip(), planned_on, asks.strip()
    kept.save(update_fields=["subject", "planned_on", "asks"])
    told("change_talk", kept, by, planned_on=planned_on.isoformat())
    return kept


@implements("280.14-d2")
@transaction.atomic
def hold_talk(
    talk: Discussion,
    *,
    held_on: date,
    agreed: str,
    for_provider: str,
    for_omb: str,
    by: Person,
    now: datetime,
) -> Discussion:
    """Takes down when it was held, who came and what was agreed; said again, it is corrected.

    The obligation of the year is met by a deep dive that was held.
    """
    kept = _lock(talk, by)
    if kept.cancelled_because:
        raise Conflict("This talk was cancelled.", fix="Plan another one.")
    if held_on > timezone.localdate(now):
        raise Unusable("This day has not come yet.", field="held_on", rule="280.14-d2")
    if not agreed.strip():
        raise Unusable(
            "Say what was agreed.",
            field="agreed",
            rule="280.14-d2",
            fix="Write “Nothing was agreed.” if so.",
        )
    kept.held_on, kept.agreed = held_on, agreed.strip()
    kept.for_provider, kept.for_omb = for_provider.strip(), for_omb.strip()
    kept.save(update_fields=["held_on", "agreed", "for_provider", "for_omb"])
    told("hold_talk", kept, by, held_on=held_on.isoformat())
    return kept


@transaction.atomic
def cancel_talk(talk: Discussion, *, because: str, by: Person) -> Discussion:
    """Takes a planned talk off, with the reason; it stays in the list."""
    kept = _lock(talk, by)
    _still_ahead(kept)
    if not because.strip():
        raise Unusable("Say why it is cancelled.", field="because")
    kept.cancelled_because = because.strip()
    kept.save(update_fields=["cancelled_because"])
    told("cancel_talk", kept, by, because=because.strip())
    return kept


def _lock(talk: Discussion, by: Person) -> Discussion:
    kept = (
        Discussion.objects.select_for_update(of=("self",))
        .select_related("hisp__organization")
        .get(pk=talk.pk)
    )
    only_these_two(by, kept.hisp)
    return kept


def only_these_two(by: Person, hisp: Hisp) -> None:
    """Raises NotAllowed unless the person is OMB's, or the CX lead of this provider."""
    both = (Capability.RECORD_DISCUSSIONS, Capability.REVIEW_QUARTERS)
    if not any(may(by, each, hisp.organization) for each in both):
        raise NotAllowed("Talks with OMB are recorded by OMB or by the provider’s CX lead.")


def _still_ahead(talk: Discussion) -> None:
    if talk.held_on is not None:
        raise Conflict("This talk was held already.")
    if talk.cancelled_because:
        raise Conflict("This talk was cancelled already.")


def told(action: str, talk: Discussion, by: Person, **detail: object) -> None:
    """Adds to the trail what was done with a talk; never what was said in it."""
    record(
        actor=by.email,
        action=action,
        subject=subject_of(talk),
        organization=talk.hisp.organization.code,
        detail={"kind": talk.kind, "hisp": talk.hisp.code, **detail},
    )
