"""DenyByDefault: a view that does not say who may open it is refused to everybody.

ProblemsForPrograms: what Django itself refuses is told to programs as they read it.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from cx280.accounts.access import FOR_PROGRAMS, WhoMay
from cx280.kernel.problem import NotAllowed, Problem
from cx280.pages.middleware import ProblemsAsPages


class DenyByDefault:
    """Refuses any view without `@allow(...)`, and any API operation without `auth=needs(...)`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        # Django does not hand what process_view raises to other middleware, so it answers here.
        self.answer = ProblemsAsPages(get_response).process_exception

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: Any
    ) -> HttpResponseBase | None:
        """A refusal unless the view declares who may open it."""
        if isinstance(getattr(view, "who_may", None), WhoMay):
            return None
        return self.answer(
            request, NotAllowed("This address does not say who may open it, so nobody may.")
        )


_WORDS = {
    403: "This request is refused.",
    404: "There is nothing at this address.",
    405: "This address does not take this method.",
    410: "What was here is gone.",
    413: "This is larger than we take.",
    500: "Something broke on our side.",
}


class ProblemsForPrograms:
    """Turns Django's own refusals below /api/ and /data/v1/ into problem+json documents.

    An address that no route answers never reaches a view, so no view can say it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.answer = ProblemsAsPages(get_response).process_exception

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer as it is, or the same refusal as a document."""
        response = self.get_response(request)
        if not request.path.startswith(FOR_PROGRAMS) or response.status_code not in _WORDS:
            return response
        if "json" in response.headers.get("Content-Type", ""):
            return response
        problem = Problem(_WORDS[response.status_code])
        problem.status = response.status_code
        told = self.answer(request, problem)
        if told is None:
            return response
        if "Allow" in response.headers:
            told.headers["Allow"] = response.headers["Allow"]
        return told
