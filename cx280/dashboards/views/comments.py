"""The comments page: what people say, in their words, by rating, office and language."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.dashboards.queries.comments import LANGUAGES, RATINGS, comments_in, comments_shown
from cx280.dashboards.queries.filters import filters_of
from cx280.dashboards.views.service import no_answers
from cx280.kernel.problem import NotFound
from cx280.measures.access import service_to_measure

_A_PAGE = 25


@allow(Capability.SEE_COMMENTS)
def comments(request: HttpRequest, code: str) -> HttpResponseBase:
    """The comments of a quarter, newest first; names and numbers were taken out on arrival."""
    sight = service_to_measure(signed_in_person(request), code)
    if not sight.sees_comments:
        raise NotFound("The comments on this service are not yours to read.")
    filters = filters_of(sight, request.GET.dict())
    if filters is None:
        return no_answers(request, sight)
    rating, language = request.GET.get("rating", ""), request.GET.get("language", "")
    if rating and rating not in RATINGS:
        raise NotFound("Ratings are low, middle or high.")
    found = comments_in(filters, rating=rating, language=language)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    context = {
        "sight": sight,
        "service": sight.service,
        "filters": filters,
        "page": page,
        "comments": comments_shown(page.object_list, filters.answered),
        "rating": rating,
        "ratings": RATINGS,
        "language": language,
        "languages": LANGUAGES,
    }
    return render(request, "dashboards/comments.html", context)
