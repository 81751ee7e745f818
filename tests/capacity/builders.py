"""Assessments in the record: begun, answered whole, signed and handed over."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from cx280.capacity.actions.entries import add_entry
from cx280.capacity.actions.moving import sign_assessment, submit_assessment
from cx280.capacity.actions.writing import begin_assessment
from cx280.capacity.models import Answer, Assessment, Entry, Evidence
from cx280.capacity.rules.vocabulary import Register
from cx280.kernel.quarter import fiscal_year_of
from tests.obligations.builders import Owing


def answer_all(assessment: Assessment, owing: Owing, level: int = 2) -> None:
    """Every practice at that level with evidence, every other question in words; in bulk."""
    template, now = assessment.template_version.template, timezone.now()
    said: dict[str, Any] = {"assessment": assessment, "said_at": now, "said_by": owing.lead}
    rated = [
        Answer(**said, code=each.code, said="level", level=level, words="We do.")
        for each in template.practices
    ]
    codes = [each.code for each in template.functions]
    codes += [each.code for part in template.components for each in part.asked]
    told = [Answer(**said, code=each, said="words", words="Here we stand.") for each in codes]
    Answer.objects.bulk_create([*rated, *told])
    shown = {"kind": "survey", "words": "412 people said so in the survey", "address": "/x/"}
    Evidence.objects.bulk_create(
        Evidence(answer=each, added_at=now, added_by=owing.lead, **shown) for each in rated
    )


def a_step(owing: Owing, fiscal_year: int) -> Entry:
    """A step to greater maturity."""
    return an_entry(
        owing, Register.INITIATIVE, fiscal_year, what="Name a lead in each office",
        function="governance", status="underway", answer="yes", words="Eight interviews",
    )  # fmt: skip


def an_entry(owing: Owing, register: Register, fiscal_year: int, **fields: Any) -> Entry:
    """A line of a register of the agency."""
    return add_entry(
        register, owing.agency, fiscal_year=fiscal_year, fields=fields, by=owing.lead,
        now=timezone.now(),
    )  # fmt: skip


def a_ready_assessment(owing: Owing, fiscal_year: int | None = None, level: int = 2) -> Assessment:
    """One the official may sign."""
    year = fiscal_year or fiscal_year_of(timezone.localdate())
    begun = begin_assessment(owing.hisp, fiscal_year=year, by=owing.lead)
    answer_all(begun, owing, level)
    a_step(owing, year)
    return begun


def a_submitted_assessment(owing: Owing, fiscal_year: int, level: int = 2) -> Assessment:
    """One that OMB has."""
    ready = a_ready_assessment(owing, fiscal_year, level)
    sign_assessment(ready, by=owing.official)
    return submit_assessment(ready, by=owing.lead)


DAY = date(2023, 7, 1)
