"""Answers that are the same for everybody, so that any cache may keep them for a while."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.cache import get_conditional_response

from cx280.kernel.problem import Problem
from cx280.pages.middleware import problem_document

View = Callable[..., HttpResponseBase]

FOR_A_MINUTE = "public, max-age=60"
FOR_EVER = "public, max-age=31536000, immutable"


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


def open_answer(view: View) -> View:
    """An address of the open API: any site may read it, HEAD works, an ETag spares the body."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.user = AnonymousUser()
        if request.method == "HEAD":
            request.method = "GET"  # the server leaves the body out
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            response = _only_reading(response.headers.get("Allow", "GET"))
        response.headers["Access-Control-Allow-Origin"] = "*"
        if response.status_code != 200:
            return response
        response.headers.setdefault("Cache-Control", FOR_A_MINUTE)
        return _spared(request, response)

    return answer


def kept_for_ever(view: View) -> View:
    """An answer that never changes."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response.headers["Cache-Control"] = FOR_EVER
        return response

    return answer


def _spared(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """304 when the asker has this very body already."""
    if not isinstance(response, HttpResponse):
        return response  # a stream is made as it is sent
    etag = f'"{sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    spared = get_conditional_response(request, etag, None, response)
    return spared if spared is not None else response


def _only_reading(allowed: str) -> HttpResponse:
    problem = Problem("Open data can only be read.", fix=f"Use {allowed}.")
    document = {**problem_document(problem), "status": 405}
    return JsonResponse(
        document, status=405, content_type="application/problem+json", headers={"Allow": allowed}
    )
