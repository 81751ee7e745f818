"""Where people stop being asked: the link in every message."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cx280.accounts.access import PUBLIC, allow
from cx280.agencies.models import Organization
from cx280.delivery.actions.reports import opt_out
from cx280.delivery.rules.words import language_of, words
from cx280.delivery.stopping import read_stop
from cx280.surveys.rules.labels import direction


# No CSRF token: it would need a cookie. The address is signed, and mail programs press the button
# for people without opening the page (RFC 8058).
@csrf_exempt
@never_cache
@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks on GET, for mail scanners open every link; stops on POST."""
    found = read_stop(token)
    agency = Organization.objects.filter(pk=found.agency).first() if found else None
    if found is None or agency is None:
        return _page(request, "wrong", language_of(request.GET.get("lang", "")), "", status=404)
    if request.method == "POST":
        opt_out(agency, found.person, now=timezone.now())
        return _page(request, "done", found.language, agency.name)
    return _page(request, "ask", found.language, agency.name)


def _page(
    request: HttpRequest, part: str, language: str, agency: str, *, status: int = 200
) -> HttpResponse:
    said = {key: each.format(agency=agency) for key, each in words(language)["stop"].items()}
    context = {
        "part": part,
        "said": said,
        "language": language_of(language),
        "direction": direction(language),
        "agency": agency,
        "title": said["title" if part == "ask" else f"{part}_title"],
        "lead": said["lead" if part == "ask" else part],
    }
    response = render(request, "delivery/stop.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
