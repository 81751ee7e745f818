"""Who may call an address of the neighbour: a key in `x-api-key`, and an answer in its shape."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from cx280.accounts.access import WhoMay, person_from_key
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import Problem
from cx280.touchpoints.rules.shapes import error

View = Callable[..., HttpResponseBase]


def keyed(**methods: Capability) -> Callable[[View], View]:
    """States who may call the view by each method: `@keyed(get=Capability.SEE_SERVICES)`.

    The view gets the person as its second argument. A session opens nothing here, so that no
    other website can make a browser write; a key in the address is not read, for addresses are
    written into logs.
    """
    rules = {name.upper(): capability for name, capability in methods.items()}

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            wanted = rules.get("GET" if request.method == "HEAD" else request.method or "")
            if wanted is None:
                return _refused(f"Use {' or '.join(rules)}.", 405)
            person = person_from_key(request)
            if person is None:
                return _refused(*_why_unknown(request))
            if not WhoMay(capabilities=frozenset({wanted})).admits(person):
                return _refused("The role of the key's owner does not include this.", 403)
            return _answered(view, request, person, *args, **kwargs)

        known = frozenset(rules.values())
        guarded.who_may = WhoMay(capabilities=known)  # type: ignore[attr-defined]
        guarded.who_may_by_method = {  # type: ignore[attr-defined]
            name: WhoMay(capabilities=frozenset({capability})) for name, capability in rules.items()
        }
        return never_cache(csrf_exempt(guarded))

    return declare


def _answered(
    view: View, request: HttpRequest, person: Person, *args: Any, **kwargs: Any
) -> HttpResponseBase:
    try:
        return view(request, person, *args, **kwargs)
    except Problem as problem:
        return _refused(" ".join(filter(None, [str(problem), problem.fix])), problem.status)


def _why_unknown(request: HttpRequest) -> tuple[str, int]:
    """400 without a key, 401 with one that is not known, as Touchpoints answers."""
    if request.headers.get("X-Api-Key") or request.headers.get("Authorization"):
        return "The key is not known, or was revoked.", 401
    return "Send your key in the header x-api-key.", 400


def _refused(message: str, status: int) -> JsonResponse:
    return JsonResponse(error(message, status), status=status)
