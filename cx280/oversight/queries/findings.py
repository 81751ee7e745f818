"""What the checks found in the reports OMB got: in the version that was sent last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from cx280.kernel.quarter import Quarter
from cx280.oversight.rules.findings import Found, Report
from cx280.reporting.models import Package, PackageVersion, ReportedRow


def quarters_reported() -> list[Quarter]:
    """The quarters for which OMB got anything, newest first."""
    sent = Package.objects.filter(submitted_at__isnull=False)
    found = {
        *sent.order_by().values_list("fiscal_year", "quarter").distinct(),
        *_earlier().order_by().values_list("fiscal_year", "quarter").distinct(),
    }
    return sorted((Quarter(year, number) for year, number in found), reverse=True)


def reports_of(fiscal_year: int, quarter: int | None = None) -> list[Report]:
    """The reports of a year, or of one of its quarters; two queries for any number."""
    return [*_sent(fiscal_year, quarter), *_from_files(fiscal_year, quarter)]


def _sent(fiscal_year: int, quarter: int | None) -> Iterator[Report]:
    rows = PackageVersion.objects.filter(
        submitted_at__isnull=False, package__fiscal_year=fiscal_year
    ).order_by("package__service__name", "package", "-number")
    if quarter is not None:
        rows = rows.filter(package__quarter=quarter)
    last = None
    for pk, number, code, name, provider, agency, found in rows.values_list(
        "package",
        "package__quarter",
        "package__service__code",
        "package__service__name",
        "package__hisp__name",
        "package__hisp__organization__name",
        "findings",
    ):
        if pk != last:  # the first of a package is the version sent last
            address = reverse("reporting:review", args=[pk])
            period = f"FY{fiscal_year} Q{number}"
            yield Report(agency, provider, code, name, period, _found(found), address)
        last = pk


def _earlier() -> Any:  # noqa: ANN401 - a queryset
    return ReportedRow.objects.filter(release__isnull=True)


def _from_files(fiscal_year: int, quarter: int | None) -> Iterator[Report]:
    rows = _earlier().filter(fiscal_year=fiscal_year)
    if quarter is not None:
        rows = rows.filter(quarter=quarter)
    for number, code, name, provider, agency, found in rows.order_by("service__name").values_list(
        "quarter",
        "service__code",
        "service__name",
        "hisp__name",
        "hisp__organization__name",
        "findings",
    ):
        period = f"FY{fiscal_year} Q{number}"
        yield Report(agency, provider, code, name, period, _found(found))


def _found(findings: Iterable[Mapping[str, Any]]) -> tuple[Found, ...]:
    return tuple(
        Found(each["rule"], each["severity"], each["message"], each.get("reason") or "")
        for each in findings
    )
