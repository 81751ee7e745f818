"""Proposals of services that an official signed and OMB has not answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from cx280.designation.models import Proposal
from cx280.designation.rules.vocabulary import Stage
from cx280.oversight.rules.waiting import Kind, Waiting
from cx280.services.models import Designation, Hisp


def designations(_today: date) -> Iterator[Waiting]:
    """Each from the day it was signed: only then is it with OMB (280.13-b1).

    A year's proposal is one thing to decide; a service signed outside of any is one by itself.
    """
    proposals = list(
        Proposal.objects.filter(stage=Stage.SIGNED.value).select_related("hisp__organization")
    )
    for each in proposals:
        if each.signed_on is not None:
            there = reverse("designation:proposal", args=[each.hisp.code, each.fiscal_year])
            yield _one(f"Services for FY{each.fiscal_year}", each.hisp, each.signed_on, there)
    alone = Designation.objects.filter(
        signed_on__isnull=False, concurred_on__isnull=True, ended_on__isnull=True
    ).exclude(hisp__in=[each.hisp_id for each in proposals])
    for row in alone.select_related("hisp__organization", "service"):
        if row.signed_on is not None:
            there = reverse("services:hisp", args=[row.hisp.code])
            yield _one(row.service.name, row.hisp, row.signed_on, there)


def _one(what: str, hisp: Hisp, since: date, address: str) -> Waiting:
    return Waiting(
        Kind.DESIGNATION, what, hisp.code, hisp.name, hisp.organization.name, since, address
    )
