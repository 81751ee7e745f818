"""Answers that are the same for everybody, so that any cache may keep them for a while."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

View = Callable[..., HttpResponseBase]

FOR_A_MINUTE = "public, max-age=60"
FOR_AN_HOUR = "public, max-age=3600"


def same_for_everybody(view: View) -> View:
    """The page without a look at who asks: no session is read, nothing personal can be cached.

    Stands above `@allow(PUBLIC)`, which would look at the session.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.user = AnonymousUser()
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.headers.setdefault("Cache-Control", FOR_A_MINUTE)
        return response

    return answer


def spared(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """304 when the asker has this very body already."""
    if not isinstance(response, HttpResponse):
        return response  # a stream is made as it is sent
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    unchanged = get_conditional_response(request, etag, None, response)
    return unchanged if unchanged is not None else response
