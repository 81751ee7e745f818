"""DenyByDefault: a view that does not say who may open it is refused to everybody."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase

from cx280.accounts.access import WhoMay
from cx280.kernel.problem import NotAllowed
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
