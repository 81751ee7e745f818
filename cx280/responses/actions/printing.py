"""Gives numbers to forms that are printed: no number is given twice."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Max

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict
from cx280.responses import queries
from cx280.responses.models import FormRun
from cx280.responses.rules.standing import Standing
from cx280.surveys.models import SurveyVersion

_TRIES = 5


@implements("280.11-a1")
def print_forms(
    version: SurveyVersion,
    *,
    unit: Organization | None,
    language: str,
    copies: int,
    return_to: str,
    by: Person,
    now: datetime,
) -> FormRun:
    """The forms with the next free numbers. Raises Conflict for a survey that nobody may answer."""
    if queries.standing_of(version) is not Standing.OPEN:
        raise Conflict(
            "This survey is not open, so no forms of it are handed out.",
            rule="280.11-a1",
            fix="Open it first; its clearance gives the number and the date that each form shows.",
        )
    for _ in range(_TRIES):
        try:
            with transaction.atomic():
                return _printed(version, unit, language, copies, return_to, by, now)
        except IntegrityError:
            continue  # somebody else took these numbers at this moment
    raise Conflict("Others are printing forms of this survey. Try once more.")


def _printed(
    version: SurveyVersion,
    unit: Organization | None,
    language: str,
    copies: int,
    return_to: str,
    by: Person,
    now: datetime,
) -> FormRun:
    known = FormRun.objects.filter(version=version).aggregate(end=Max(F("first") + F("copies")))
    run = FormRun.objects.create(
        version=version, unit=unit, language=language, copies=copies, return_to=return_to,
        first=known["end"] or 1, printed_by=by, printed_at=now,
    )  # fmt: skip
    record(
        actor=by.email,
        action="print_paper_forms",
        subject=subject_of(run),
        organization=(unit or queries.owner_of(version)).code,
        detail={"version": version.number, "first": run.first, "copies": copies},
    )
    return run
