"""What was accepted and is not published, what is published, and what corrected what."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from cx280.reporting.models import Package, Release

# What a list shows of a release; the content may be large.
_SHOWN = (
    "number", "fiscal_year", "quarter", "source", "published_at", "reason", "digest",
    "hisp__name", "hisp__code", "service__name", "service__code",
    "replaces__number", "replaced_by__number",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counted:
    """How many quarters wait to be published, and how many releases there are and correct one."""

    waiting: int
    releases: int
    corrections: int


def accepted_quarters() -> QuerySet[Package]:
    """Accepted and not published, what was accepted first standing first."""
    return (
        Package.objects.filter(state=Package.State.ACCEPTED)
        .select_related("hisp__organization", "service")
        .order_by("accepted_at")
    )


def released(*, corrections_only: bool = False) -> QuerySet[Release]:
    """Releases, latest first, without their content."""
    found = (
        Release.objects.select_related("hisp", "service", "replaces", "replaced_by")
        .only(*_SHOWN)
        .order_by("-number")
    )
    return found.filter(replaces__isnull=False) if corrections_only else found


def counted() -> Counted:
    """The three numbers; two queries."""
    found = Release.objects.aggregate(
        all=Count("pk"), corrections=Count("pk", filter=Q(replaces__isnull=False))
    )
    return Counted(accepted_quarters().count(), found["all"], found["corrections"])
