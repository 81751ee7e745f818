"""Action Plans that were sent to OMB and are not published."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from cx280.oversight.rules.waiting import Kind, Waiting
from cx280.plans.models import ActionPlan
from cx280.plans.rules.vocabulary import Stage


def plans(_today: date) -> Iterator[Waiting]:
    """Each from the day it was first sent."""
    rows = ActionPlan.objects.filter(
        stage=Stage.SUBMITTED.value, submitted_at__isnull=False
    ).select_related("hisp__organization")
    for each in rows:
        if each.submitted_at is not None:
            yield Waiting(
                Kind.PLAN,
                f"Action Plan FY{each.fiscal_year}",
                each.hisp.code,
                each.hisp.name,
                each.hisp.organization.name,
                timezone.localdate(each.submitted_at),
                reverse("plans:plan", args=[each.pk]),
            )
