"""The audit trail: who did what, when."""

import json
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, audited_organizations, signed_in_person
from cx280.accounts.forms import TrailForm
from cx280.accounts.rules import Capability
from cx280.audit.models import AuditEntry
from cx280.audit.queries import entries
from cx280.pages.downloads import csv_response

COLUMNS = ("at", "actor", "action", "subject", "organization", "detail", "digest")


@never_cache
@allow(Capability.SEE_AUDIT)
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The newest entries first; a CX lead sees those of their own agency."""
    form = TrailForm(request.GET)
    page = Paginator(_found(request, form), 50).get_page(request.GET.get("page"))
    return render(request, "accounts/trail.html", {"form": form, "page": page})


@never_cache
@allow(Capability.SEE_AUDIT)
@require_safe
def download(request: HttpRequest) -> HttpResponseBase:
    """The same entries as CSV."""
    found = _found(request, TrailForm(request.GET))
    return csv_response("audit-trail.csv", COLUMNS, _rows(found.iterator(chunk_size=2000)))


def _found(request: HttpRequest, form: TrailForm) -> QuerySet[AuditEntry]:
    """The entries asked for; a day that cannot be read filters nothing and is told beside it."""
    form.is_valid()
    given = form.cleaned_data
    return entries(
        subject=given.get("subject") or "",
        actor=given.get("actor") or "",
        since=given.get("since"),
        until=given.get("until"),
        organizations=audited_organizations(signed_in_person(request)),
    )


def _rows(found: Iterator[AuditEntry]) -> Iterator[list[str]]:
    for each in found:
        row = each.as_dict()
        row["detail"] = json.dumps(row["detail"], ensure_ascii=False)
        yield [str(row[column]) for column in COLUMNS]
