"""Who owes what across the government, for OMB."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow
from cx280.accounts.rules import Capability
from cx280.obligations.models import Obligation
from cx280.obligations.queries.matrix import matrix_of
from cx280.obligations.queries.standing import Line, fiscal_years_of, lines_of
from cx280.obligations.rules.vocabulary import State
from cx280.obligations.views.files import csv_of
from cx280.obligations.views.year import chosen_year

SEE = Capability.SEE_GOVERNMENT


@never_cache
@allow(SEE)
@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """A row for each provider, a column for each paragraph of the Circular."""
    today = timezone.localdate()
    years = fiscal_years_of(Obligation.objects.all())
    chosen = chosen_year(request, years, today)
    found = matrix_of(_lines(chosen))
    context = {
        "matrix": found,
        "years": years or [chosen],
        "chosen": chosen,
        "missing": found.count(State.MISSING),
        "late": found.count(State.LATE),
        "providers": sum(each.is_provider for each in found.rows),
        "agencies": sum(not each.is_provider for each in found.rows),
    }
    return render(request, "obligations/matrix.html", context)


@never_cache
@allow(SEE)
@require_safe
def matrix_file(request: HttpRequest) -> HttpResponseBase:
    """The same as CSV, a row for each obligation."""
    years = fiscal_years_of(Obligation.objects.all())
    chosen = chosen_year(request, years, timezone.localdate())
    return csv_of(_lines(chosen), f"obligations FY{chosen}")


def _lines(fiscal_year: int) -> list[Line]:
    rows = Obligation.objects.filter(fiscal_year=fiscal_year)
    return lines_of(rows, timezone.localdate(), whole=False)
