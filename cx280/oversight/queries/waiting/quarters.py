"""Quarters that OMB is to accept or return, and accepted ones it is to publish."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from cx280.oversight.rules.waiting import Kind, Waiting
from cx280.reporting.models import Package

# A package has much text that a line about it does not tell.
_READ = ("state", "submitted_at", "accepted_at", "changed_at", "fiscal_year", "quarter",
         "service__name", "hisp__code", "hisp__name", "hisp__organization__name")  # fmt: skip


def submissions(_today: date) -> Iterator[Waiting]:
    """Each that was sent and not decided on, from the day it was first sent."""
    for each in _in_state(Package.State.SUBMITTED):
        yield _waiting(Kind.SUBMISSION, each, each.submitted_at)


def accepted(_today: date) -> Iterator[Waiting]:
    """Each that was accepted and is not published, from the day it was accepted."""
    for each in _in_state(Package.State.ACCEPTED):
        yield _waiting(Kind.RELEASE, each, each.accepted_at)


def _in_state(state: str) -> Iterator[Package]:
    rows = Package.objects.filter(state=state, submitted_at__isnull=False)
    return rows.select_related("hisp__organization", "service").only(*_READ).iterator()


def _waiting(kind: Kind, package: Package, moment: datetime | None) -> Waiting:
    since = moment or package.submitted_at or package.changed_at
    return Waiting(
        kind,
        f"{package.service.name}, FY{package.fiscal_year} Q{package.quarter}",
        package.hisp.code,
        package.hisp.name,
        package.hisp.organization.name,
        timezone.localdate(since),
        reverse("reporting:review", args=[package.pk]),
    )
