"""What websites ask for: the part of the script that shows surveys, and each survey's settings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from cx280.accounts.access import PUBLIC, allow
from cx280.delivery.queries.embeds import settings_of
from cx280.pages.caching import FOR_A_MINUTE, same_for_everybody, spared
from cx280.pages.scripts import script_for_anybody


@same_for_everybody
@allow(PUBLIC)
@require_safe
def script(request: HttpRequest) -> HttpResponseBase:
    """ask.js, for any website; cx.js loads it when a page has something to show."""
    return script_for_anybody(request, "ask.js")


@same_for_everybody
@allow(PUBLIC)
@require_safe
def settings(request: HttpRequest, code: str) -> HttpResponseBase:
    """How the survey is shown; {} while it is not, so that a page's mark stays a plain link.

    Kept by caches for a minute: so long may it take until a survey that was switched off is gone.
    """
    tries = "try" in request.GET
    response = JsonResponse(settings_of(code, tries=tries))
    response["Cache-Control"] = "no-store" if tries else FOR_A_MINUTE
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return spared(request, response)
