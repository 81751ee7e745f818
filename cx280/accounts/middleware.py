"""DenyByDefault: a view that does not say who may open it is refused to everybody."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.generic import View

from cx280.kernel.problem import NotAllowed


class DenyByDefault:
    """Refuses any view without `@allow(...)`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse] | View, *_: Any
    ) -> None:
        """Raises NotAllowed unless the view declares who may open it."""
        if getattr(view, "who_may", None) is None:
            raise NotAllowed("This address does not say who may open it, so nobody may.")
