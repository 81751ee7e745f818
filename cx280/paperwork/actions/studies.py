"""Keeps studies: planned, held, and what they found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, Unusable
from cx280.paperwork.models import Study, StudyFinding
from cx280.paperwork.queries.lists import under_way
from cx280.paperwork.queries.studies import why_not_held


@implements("280.11-a4")
def save_study(study: Study | None, *, by: Person, values: Mapping[str, Any]) -> Study:
    """The study with these values, a new one for None.

    Raises Conflict once OMB approved it or has it before it: then its request says what holds.
    """
    known = study or Study(created_by=by)
    if study is not None and (study.collection_id or _is_with_omb(study)):
        raise Conflict(
            "OMB has this study before it, or approved it.",
            rule="280.11-a3",
            fix="Withdraw the request first, or enter a new study.",
        )
    with transaction.atomic():
        for name, value in values.items():
            setattr(known, name, value)
        known.save()
        _told("change_study" if study else "add_study", known, by=by, title=known.title)
    return known


def _is_with_omb(study: Study) -> bool:
    request = under_way(study)
    return request is not None and request.state != "draft"


@implements("280.11-a4", "280.11-a1")
def hold_study(study: Study, *, by: Person, took_part: int, employees: int, on: date) -> Study:
    """The study with who came: that much of its clearance is used.

    Raises Conflict, with the rule, where ten or more of the public took part without an approval.
    """
    if on < study.starts_on:
        raise Unusable("It has not begun yet.", field="took_part")
    for found in why_not_held(study, took_part, on):
        raise Conflict(found.message, rule=found.rule, fix=found.fix)
    with transaction.atomic():
        study.took_part, study.employees = took_part, employees
        study.save(update_fields=["took_part", "employees"])
        _told("hold_study", study, by=by, took_part=took_part, employees=employees)
    return study


@implements("280.11-a5")
def save_finding(
    study: Study, finding: StudyFinding | None, *, by: Person, values: Mapping[str, Any]
) -> StudyFinding:
    """Something the study found, with the action it leads to or the reason for none."""
    known = finding or StudyFinding(study=study, recorded_by=by)
    with transaction.atomic():
        for name, value in values.items():
            setattr(known, name, value)
        known.save()
        _told(
            "change_study_finding" if finding else "add_study_finding",
            study,
            by=by,
            finding=known.pk,
            leads_to=known.action,
            no_action_reason=known.no_action_reason,
        )
    return known


def _told(action: str, study: Study, *, by: Person, **detail: object) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(study),
        organization=agency_of(study.organization).code,
        detail=detail,
    )
