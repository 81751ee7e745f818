"""The comments page: what people say, in their words, by theme, rating, office and language."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.agencies.queries import agency_of
from cx280.dashboards.queries.comments import (
    LANGUAGES,
    LONGEST_SEARCH,
    NO_THEME,
    RATINGS,
    Wanted,
    comments_in,
    comments_shown,
)
from cx280.dashboards.queries.filters import Filters, filters_of
from cx280.dashboards.queries.themes import ThemePage, theme_page, topics_shown
from cx280.dashboards.views import theme_charts
from cx280.dashboards.views.service import no_answers
from cx280.kernel.problem import NotFound
from cx280.measures.access import Sight, may_correct, service_to_measure
from cx280.measures.queries.codebooks import codebook_of
from cx280.measures.rules.themes.codebook import Codebook
from cx280.pages.downloads import csv_response

_A_PAGE = 20


@allow(Capability.SEE_COMMENTS)
def comments(request: HttpRequest, code: str) -> HttpResponseBase:
    """The themes of a quarter's comments and the comments themselves, newest first.

    Names and numbers were taken out on arrival. `?theme=` opens a theme's comments,
    `?table=themes` and `?table=theme` give the counts as CSV.
    """
    sight = comments_to_read(request, code)
    filters = filters_of(sight, request.GET.dict())
    if filters is None:
        return no_answers(request, sight)
    codebook = codebook_of(agency_of(sight.service.owner))
    wanted = _wanted(request, codebook)
    page = theme_page(filters, codebook, wanted)
    table = request.GET.get("table", "")
    if table:
        file = theme_charts.table_named(table, page)
        return csv_response(f"{code}-{file.name}-{filters.quarter}", file.header, file.rows)
    return render(request, "dashboards/comments.html", _context(request, sight, page))


def comments_to_read(request: HttpRequest, code: str) -> Sight:
    """The service whose comments this person may read; else NotFound."""
    sight = service_to_measure(signed_in_person(request), code)
    if not sight.sees_comments:
        raise NotFound("The comments on this service are not yours to read.")
    return sight


def _wanted(request: HttpRequest, codebook: Codebook) -> Wanted:
    """What the address asks for; NotFound for a rating, language or theme that there is not."""
    asked = {key: request.GET.get(key, "") for key in ("rating", "language", "theme")}
    if asked["rating"] and asked["rating"] not in RATINGS:
        raise NotFound("Ratings are low, middle or high.")
    if asked["language"] and asked["language"] not in LANGUAGES:
        raise NotFound("Comments are read in English or Spanish.")
    if asked["theme"] not in ("", NO_THEME) and codebook.theme(asked["theme"]) is None:
        raise NotFound("The codebook has no such theme.", fix="Choose another theme.")
    return Wanted(**asked, words=request.GET.get("q", "").strip()[:LONGEST_SEARCH])


def _context(request: HttpRequest, sight: Sight, page: ThemePage) -> dict[str, object]:
    filters, wanted = page.filters, page.wanted
    found = Paginator(comments_in(filters, wanted), _A_PAGE).get_page(request.GET.get("page"))
    return {
        "sight": sight,
        "service": sight.service,
        "filters": filters,
        "wanted": wanted,
        "themes": page,
        "title": page.title,
        "chart": theme_charts.chart_for(page),
        "topics": topics_shown(sight, filters.answered) if page.shows_all else None,
        "page": found,
        "comments": comments_shown(found.object_list, filters.answered, page.codebook),
        "may_correct": may_correct(signed_in_person(request), sight),
        "agency": agency_of(sight.service.owner),
        "query": _query(filters, wanted),
        "ratings": RATINGS,
        "languages": LANGUAGES,
        "no_theme": NO_THEME,
    }


def _query(filters: Filters, wanted: Wanted) -> str:
    """The filters that stay when a theme is chosen, to stand before another key."""
    kept = {
        "quarter": str(filters.quarter),
        "unit": filters.unit.code if filters.unit else "",
        "channel": filters.channel,
        "rating": wanted.rating,
        "language": wanted.language,
    }
    return "".join(f"{key}={value.replace(' ', '+')}&" for key, value in kept.items() if value)
