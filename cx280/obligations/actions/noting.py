"""Notes each change of how an obligation stands: once, with who, when and what shows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.quarter import fiscal_year_of
from cx280.obligations.models import Obligation, StateChange
from cx280.obligations.queries.changes import Behind, behind
from cx280.obligations.queries.standing import Line, line_of, lines_of

_AT_ONCE = 2_000
# What was owed before that changes no more by itself.
_YEARS = 2


@implements("280.3-b3")
def note_changes(now: datetime) -> int:
    """How many obligations stand otherwise than when they were looked at last."""
    today = timezone.localdate(now)
    rows = Obligation.objects.filter(fiscal_year__gt=fiscal_year_of(today) - _YEARS)
    return _note(lines_of(rows, today), _noted(rows), now)


@transaction.atomic
def note_change(obligation: Obligation, *, now: datetime) -> int:
    """The same for one, right after something was done for it."""
    rows = Obligation.objects.filter(pk=obligation.pk)
    kept = rows.select_related("hisp__organization", "organization", "service").get()
    return _note([line_of(kept, timezone.localdate(now))], _noted(rows), now)


def _noted(rows: QuerySet[Obligation]) -> dict[int, str]:
    """The state each was seen in last."""
    last = StateChange.objects.filter(obligation=OuterRef("pk")).order_by("-pk").values("after")[:1]
    return dict(rows.annotate(noted=Subquery(last)).order_by().values_list("pk", "noted"))


def _note(lines: Sequence[Line], noted: dict[int, str], now: datetime) -> int:
    changed = [each for each in lines if each.state.value != noted.get(each.obligation.pk)]
    for at in range(0, len(changed), _AT_ONCE):
        with transaction.atomic():
            StateChange.objects.bulk_create(
                _change(each, noted.get(each.obligation.pk) or "", now)
                for each in changed[at : at + _AT_ONCE]
            )
    return len(changed)


def _change(line: Line, before: str, now: datetime) -> StateChange:
    found = behind(line, now)
    if before:  # the trail tells of changes, not of what was first seen
        _tell(line, before, found)
    return StateChange(
        obligation=line.obligation, before=before, after=line.state.value, at=found.at,
        actor=found.actor, evidence=found.words[:300], address=found.address,
    )  # fmt: skip


def _tell(line: Line, before: str, found: Behind) -> None:
    record(
        actor=found.actor,
        action="change_obligation",
        subject=subject_of(line.obligation),
        organization=line.obligation.owner.code,
        detail={
            "before": before,
            "after": line.state.value,
            "evidence": found.words,
            "address": found.address,
        },
    )
