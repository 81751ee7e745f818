"""The front page, and finding a service."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cx280.accounts.access import PUBLIC, allow
from cx280.opendata import queries
from cx280.opendata.cards import CONSTRUCTS, card_of, matching
from cx280.opendata.queries import Wanted
from cx280.opendata.rules.headline import headline, when
from cx280.opendata.rules.published import Published, by_service
from cx280.pages.caching import same_for_everybody

CARDS = 24
_LONGEST_SEARCH = 100


@same_for_everybody
@allow(PUBLIC)
def front(request: HttpRequest) -> HttpResponse:
    """Do people trust and like the services they use?"""
    reports = queries.published(Wanted(constructs=CONSTRUCTS))
    services = by_service(reports)
    found = headline(reports)
    context = {
        "headline": found,
        "when": when(found.quarter) if found else "",
        "service_count": len(services),
        **_cards(request, list(services.values())),
        "messages": (),
    }
    return render(request, "opendata/front.html", context)


@same_for_everybody
@allow(PUBLIC)
def services(request: HttpRequest) -> HttpResponse:
    """Which services say how they were rated? `q` keeps those with all its words."""
    words = request.GET.get("q", "").replace("\0", "")[:_LONGEST_SEARCH].strip()
    found = by_service(queries.published(Wanted(constructs=CONSTRUCTS)))
    context = {
        "q": words,
        **_cards(request, matching(found, words)),
        "service_count": len(found),
        "messages": (),
    }
    return render(request, "opendata/services.html", context)


def _cards(request: HttpRequest, services: list[list[Published]]) -> dict[str, object]:
    """A page of services; only those on the page are drawn."""
    page = Paginator(services, CARDS).get_page(request.GET.get("page"))
    return {"page": page, "cards": [card_of(each) for each in page.object_list]}
