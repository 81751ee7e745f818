"""Answers of the open API, which any cache may keep: for a minute, or for ever."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from cx280.kernel.problem import Problem
from cx280.pages.caching import FOR_A_MINUTE, View, spared
from cx280.pages.middleware import problem_document

FOR_EVER = "public, max-age=31536000, immutable"


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
        return spared(request, response)

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


def _only_reading(allowed: str) -> HttpResponse:
    problem = Problem("Open data can only be read.", fix=f"Use {allowed}.")
    document = {**problem_document(problem), "status": 405}
    return JsonResponse(
        document, status=405, content_type="application/problem+json", headers={"Allow": allowed}
    )
