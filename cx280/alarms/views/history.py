"""What went wrong before, and how long it took to acknowledge and to resolve."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.alarms import access
from cx280.alarms.queries.told import Past, middle, pasts
from cx280.alarms.views.frame import lasted, tabs
from cx280.pages.downloads import csv_response

_A_PAGE = 50
# Medians are those of the newest so many.
_MEDIAN_OF = 200
_HEAD = ("number", "opened_at", "service", "what", "where", "how_bad", "how_rare", "since", "state",
         "minutes_to_acknowledge", "minutes_to_resolve")  # fmt: skip


@never_cache
@allow(Capability.SEE_ALARMS)
@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """Every incident, the newest first, with the medians of the last two hundred."""
    person = signed_in_person(request)
    found = access.incidents_to_see(person)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    newest = pasts(person, found[:_MEDIAN_OF])
    taken = middle(each.times.to_acknowledge for each in newest)
    over = middle(each.times.to_resolve for each in newest)
    return render(
        request,
        "alarms/history.html",
        {
            "tabs": tabs(request),
            "page": page,
            "rows": [(each, lasted(each.times.to_acknowledge), lasted(each.times.to_resolve))
                     for each in pasts(person, page.object_list)],
            "taken": (lasted(taken.value), taken.n),
            "over": (lasted(over.value), over.n),
            "many": len(newest),
        },
    )  # fmt: skip


@never_cache
@allow(Capability.SEE_ALARMS)
@require_safe
def history_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The same as a file."""
    return csv_response("alarms", _HEAD, rows_of(signed_in_person(request)))


def rows_of(person: Person) -> Iterator[tuple[object, ...]]:
    """One row for each incident that the person may see, read as it is sent."""
    for each in access.incidents_to_see(person).iterator(chunk_size=200):
        yield _row(pasts(person, [each])[0])


def _row(past: Past) -> tuple[object, ...]:
    line, times = past.line, past.times
    return (
        line.incident.pk, line.incident.opened_at, line.message.service, line.message.whole,
        line.message.where, line.message.how_bad, line.message.how_rare, line.message.since,
        line.state.value,
        *(round(each.total_seconds() / 60) if each is not None else None
          for each in (times.to_acknowledge, times.to_resolve)),
    )  # fmt: skip
