"""Designated services that an official signed and OMB has not concurred with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from cx280.oversight.rules.waiting import Kind, Waiting
from cx280.services.models import Designation


def designations(_today: date) -> Iterator[Waiting]:
    """Each from the day it was signed: only then is it with OMB (280.13-b1)."""
    rows = Designation.objects.filter(
        signed_on__isnull=False, concurred_on__isnull=True, ended_on__isnull=True
    ).select_related("hisp__organization", "service")
    for each in rows:
        if each.signed_on is not None:
            yield Waiting(
                Kind.DESIGNATION,
                each.service.name,
                each.hisp.code,
                each.hisp.name,
                each.hisp.organization.name,
                each.signed_on,
                reverse("services:hisp", args=[each.hisp.code]),
            )
