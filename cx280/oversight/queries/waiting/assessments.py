"""Capacity Assessments OMB was handed and has not talked about with the provider."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from cx280.capacity.models import Assessment
from cx280.capacity.rules.vocabulary import Stage
from cx280.circular.implements import implements
from cx280.deep_dive.models import Discussion
from cx280.deep_dive.rules.vocabulary import Kind as Talk
from cx280.oversight.rules.waiting import Kind, Waiting


@implements("280.14-d2")
def assessments(_today: date) -> Iterator[Waiting]:
    """Each from the day it was first handed over, until the year's deep dive is held."""
    talked = Discussion.objects.filter(
        hisp=OuterRef("hisp"), fiscal_year=OuterRef("fiscal_year"), kind=Talk.DEEP_DIVE.value,
        held_on__isnull=False,
    )  # fmt: skip
    rows = Assessment.objects.filter(
        ~Exists(talked), stage=Stage.SUBMITTED.value, hisp__isnull=False, submitted_at__isnull=False
    ).select_related("hisp__organization")
    for each in rows:
        if each.submitted_at is not None and each.hisp is not None:
            yield Waiting(
                Kind.ASSESSMENT,
                f"Capacity Assessment FY{each.fiscal_year}",
                each.hisp.code,
                each.hisp.name,
                each.hisp.organization.name,
                timezone.localdate(each.submitted_at),
                reverse("capacity:document", args=[each.pk]),
            )
