"""Scripts that other websites load: for anybody, compressed once, kept by caches for an hour."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from cx280.kernel.problem import NotFound
from cx280.pages.caching import FOR_AN_HOUR, spared


def script_for_anybody(request: HttpRequest, name: str) -> HttpResponseBase:
    """The built script of that name, `cx.js`, as any website may load it; NotFound without it."""
    found = finders.find(f"built/{name}")
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


@lru_cache(maxsize=4)
def _script(path: str, _changed: int) -> tuple[bytes, bytes]:
    """The script as it is, and compressed; read again only when it was built anew."""
    plain = Path(path).read_bytes()
    return plain, gzip.compress(plain, 9, mtime=0)
