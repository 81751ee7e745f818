"""Comments that cannot wait: found when stored, taken by somebody, closed with what was done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.audit.actions import record, subject_of
from cx280.kernel.problem import Conflict
from cx280.responses.models import Comment, Concern, ConcernContact
from cx280.responses.rules.urgency import UrgencyKind, urgency_of
from cx280.services.models import Service

# Nobody can act at once on what was written longer ago: such imports make no concerns.
LATELY = timedelta(days=30)
_GRAVEST_FIRST = list(UrgencyKind)


def concerns_among(
    comments: Iterable[Comment], words: Mapping[str, str], found_at: datetime
) -> list[Concern]:
    """A concern, not saved, for each comment that cannot wait; the gravest first.

    words: by question, as people wrote them: before anything was taken out.
    """
    found = []
    for comment in comments:
        urgency = urgency_of(words[comment.question])
        if urgency is not None:
            found.append(Concern(comment=comment, kind=urgency.kind.value, found_at=found_at))
    return sorted(found, key=lambda each: _GRAVEST_FIRST.index(UrgencyKind.of(each.kind)))


@transaction.atomic
def take_concern(concern: Concern, *, by: Person) -> Concern:
    """The concern, now somebody's. Raises Conflict when another has it or it is handled."""
    taken = Concern.objects.filter(pk=concern.pk, state=Concern.State.NEW).update(
        state=Concern.State.SEEN, seen_by=by, seen_at=timezone.now()
    )
    concern.refresh_from_db()
    if not taken and concern.seen_by != by:
        raise Conflict(f"{concern.seen_by or concern.handled_by} has this comment already.")
    if taken:
        _tell(concern, "take_urgent_comment", by)
    return concern


@transaction.atomic
def close_concern(concern: Concern, *, note: str, by: Person) -> Concern:
    """The concern, handled. note: what was done; Conflict when it was handled before."""
    now = timezone.now()
    closed = (
        Concern.objects.filter(pk=concern.pk)
        .exclude(state=Concern.State.HANDLED)
        .update(state=Concern.State.HANDLED, handled_by=by, handled_at=now, note=note)
    )
    concern.refresh_from_db()
    if not closed:
        raise Conflict(f"{concern.handled_by} has handled this comment already.")
    _tell(concern, "close_urgent_comment", by)
    return concern


@transaction.atomic
def name_contact(service: Service, *, name: str, email: str, by: Person) -> ConcernContact | None:
    """Who is told of urgent comments on the service; None when nobody is named any more."""
    before = ConcernContact.objects.filter(service=service).first()
    contact = None
    if email:
        contact, _ = ConcernContact.objects.update_or_create(
            service=service, defaults={"name": name or email, "email": email}
        )
    elif before:
        before.delete()
    record(
        actor=by.email,
        action="name_urgent_contact",
        subject=subject_of(service),
        organization=service.owner.code,
        detail={"before": before.email if before else "", "after": email},
    )
    return contact


def _tell(concern: Concern, action: str, by: Person) -> None:
    """The trail says who did what when; what was written stays with the comment."""
    record(
        actor=by.email,
        action=action,
        subject=subject_of(concern),
        organization=concern.comment.service.owner.code,
        detail={"kind": concern.kind, "state": concern.state},
    )
