"""The script that other websites load, and the page that shows what it sends."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from cx280.accounts.access import PUBLIC, SIGNED_IN, allow, capabilities_of, signed_in_person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound
from cx280.pages.caching import FOR_AN_HOUR, same_for_everybody, spared


@same_for_everybody
@allow(PUBLIC)
@require_safe
def script(request: HttpRequest) -> HttpResponseBase:
    """cx.js, for any website: compressed once, kept by caches for an hour, no cookie."""
    found = finders.find("built/cx.js")
    if not found:
        raise NotFound("The script has not been built.", fix="Run `make setup`, then start again.")
    plain, small = _script(found, Path(found).stat().st_mtime_ns)
    is_small = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(
        small if is_small else plain, content_type="text/javascript; charset=utf-8"
    )
    # Always named: what has an encoding is not compressed again on its way out.
    response["Content-Encoding"] = "gzip" if is_small else "identity"
    response["Cache-Control"] = FOR_AN_HOUR
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_vary_headers(response, ["Accept-Encoding"])
    return spared(request, response)


@lru_cache(maxsize=1)
def _script(path: str, _changed: int) -> tuple[bytes, bytes]:
    """The script as it is, and compressed; read again only when it was built anew."""
    plain = Path(path).read_bytes()
    return plain, gzip.compress(plain, 9, mtime=0)


@allow(SIGNED_IN)
@require_safe
def attempt(request: HttpRequest) -> HttpResponse:
    """What does cx.js send? A page to press and see; nothing of it leaves the browser."""
    sees = Capability.SEE_TELEMETRY in capabilities_of(signed_in_person(request))
    return render(request, "telemetry/try.html", {"sees_telemetry": sees})
