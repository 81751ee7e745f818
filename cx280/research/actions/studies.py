"""Keeps studies and who took part in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.research.models import ResearchStudy, Segment, StudyPart

_MANY = ("services", "journeys")


@implements("280.9-e2")
@transaction.atomic
def save_study(
    study: ResearchStudy | None, *, by: Person, values: Mapping[str, Any]
) -> ResearchStudy:
    """The study with these values, a new one for None; `services` and `journeys` are lists."""
    row = study or ResearchStudy(written_by=by)
    for name, value in values.items():
        if name not in _MANY:
            setattr(row, name, value)
    row.save()
    for name in _MANY:
        if name in values:
            getattr(row, name).set(values[name])
    _told("change_research" if study else "add_research", row, by=by, title=row.title)
    return row


@implements("280.4-b3")
@transaction.atomic
def count_participants(
    study: ResearchStudy,
    segment: Segment,
    *,
    experience: str,
    planned: int,
    came: int | None,
    by: Person,
) -> StudyPart:
    """How many of a segment with that experience were planned and came; replaces what was there."""
    if segment.agency_id != agency_of(study.organization).pk:
        raise Unusable("This segment is another agency’s.", field="segment")
    part, _ = StudyPart.objects.update_or_create(
        study=study, segment=segment, experience=experience,
        defaults={"planned": planned, "came": came},
    )  # fmt: skip
    _told("count_participants", study, by=by, segment=segment.name, experience=experience,
          planned=planned, came=came)  # fmt: skip
    return part


def _told(action: str, study: ResearchStudy, *, by: Person, **detail: object) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(study),
        organization=agency_of(study.organization).code,
        detail=detail,
    )
