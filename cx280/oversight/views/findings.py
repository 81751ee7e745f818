"""Findings by rule across the government, and the reports that raise one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow
from cx280.accounts.rules import Capability
from cx280.circular.catalogue import is_known
from cx280.kernel.problem import NotFound
from cx280.oversight.queries.findings import quarters_reported, reports_of
from cx280.oversight.rules.findings import Found, Report, base_of, raised_in, raising
from cx280.oversight.views.asked import asked_quarter
from cx280.oversight.views.rule_words import Titled, title_of, titled
from cx280.pages.downloads import file_response

SEE = Capability.SEE_GOVERNMENT
_ON_A_PAGE = 100
_RULES = ("rule", "title", "severity", "reports", "services", "providers", "explained")
_RAISING = (
    "rule", "severity", "agency", "provider", "service", "service_name", "period", "message",
    "reason",
)  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def findings(request: HttpRequest) -> HttpResponseBase:
    """How many reports and services raise each rule in a quarter."""
    quarters = quarters_reported()
    quarter = asked_quarter(request, quarters)
    reports = reports_of(quarter.fiscal_year, quarter.number) if quarter else []
    rows = titled(raised_in(reports))
    if written := request.GET.get("format"):
        return file_response(f"findings {quarter}", _RULES, _rules(rows), form=written)
    context = {
        "rows": rows,
        "reports": len(reports),
        "clean": sum(not each.found for each in reports),
        "quarters": quarters,
        "quarter": quarter,
    }
    return render(request, "oversight/findings.html", context)


def _rules(rows: Iterable[Titled]) -> Iterator[tuple[object, ...]]:
    for each in rows:
        found = each.raised
        yield (
            found.rule, each.title, found.severity, found.reports, found.services,
            found.providers, found.explained,
        )  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def finding(request: HttpRequest, rule: str) -> HttpResponseBase:
    """The reports of a quarter that raise one rule, with the reasons agencies gave."""
    if not is_known(base_of(rule)):
        raise NotFound("There is no such rule.")
    quarters = quarters_reported()
    quarter = asked_quarter(request, quarters)
    reports = reports_of(quarter.fiscal_year, quarter.number) if quarter else []
    rows = raising(reports, rule)
    if written := request.GET.get("format"):
        name = f"{base_of(rule)} {quarter}"
        return file_response(name, _RAISING, _raising(rows), form=written)
    context = {
        "rule": base_of(rule),
        "title": title_of(base_of(rule)),
        "page": Paginator(rows, _ON_A_PAGE).get_page(request.GET.get("page")),
        "count": len({report.service for report, _ in rows}),
        "quarters": quarters,
        "quarter": quarter,
    }
    return render(request, "oversight/finding.html", context)


def _raising(rows: Iterable[tuple[Report, Found]]) -> Iterator[tuple[object, ...]]:
    for report, found in rows:
        yield (
            found.rule, found.severity, report.agency, report.provider, report.service,
            report.service_name, report.period, found.message, found.reason,
        )  # fmt: skip
