"""Who may call an API operation: `@router.get(..., auth=needs(Capability.SEE_MEASURES))`.

`api_urls(api)` gives the addresses of a ninja API, each saying who may open it, as
DenyByDefault asks; an operation that says nothing stops the start of the system.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, URLResolver
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError
from ninja.operation import Operation, PathView
from ninja.security import HttpBearer
from ninja.utils import check_csrf

from cx280.accounts.access import (
    PUBLIC,
    SIGNED_IN,
    NotSignedIn,
    WhoMay,
    person_from_key,
    person_of,
)
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotAllowed, NotFound, Problem, Unusable
from cx280.pages.middleware import problem_document

_SAFE = {"GET", "HEAD", "OPTIONS"}


class Needs(HttpBearer):
    """Lets through whoever is signed in or sends a key, and may do one of the things named."""

    def __init__(self, who: WhoMay) -> None:
        super().__init__()
        self.who_may = who

    def __call__(self, request: HttpRequest) -> Person:
        """The person asking. Raises NotSignedIn, or NotAllowed when no role includes it."""
        person = person_from_key(request) or self._person_in_session(request)
        if person is None:
            raise NotSignedIn(
                "Sign in, or send a key.",
                fix="Send the header “Authorization: Bearer” with your key.",
            )
        if not self.who_may.admits(person):
            raise NotAllowed("Your role does not include this.")
        request.user = person
        return person

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        """Not used: `__call__` reads the key itself, beside the session."""
        return person_from_key(request)

    @staticmethod
    def _person_in_session(request: HttpRequest) -> Person | None:
        person = person_of(request)
        if person is not None and request.method not in _SAFE and check_csrf(request):
            raise NotAllowed("The request did not carry the token of your session (X-CSRFToken).")
        return person


def needs(*capabilities: Capability) -> Needs:
    """What an operation takes: any one of the capabilities; none means anybody signed in."""
    return Needs(WhoMay(capabilities=frozenset(capabilities)) if capabilities else SIGNED_IN)


def asking_person(request: HttpRequest) -> Person:
    """The person `needs` let through; for the body of an operation."""
    return cast(Person, request.auth)  # type: ignore[attr-defined]


def api_urls(
    api: NinjaAPI, *, open_to: WhoMay | None = None
) -> tuple[list[URLPattern | URLResolver], str, str]:
    """The addresses of the API for `path("api/v1/", api_urls(api))`, each with its `who_may`.

    open_to: who may call operations without `auth` and read the OpenAPI document; give PUBLIC
    for open data. Without it an operation that says nothing raises Unusable.
    """
    answer_problems(api)
    patterns, application, namespace = api.urls
    for pattern in patterns:
        _declare(cast(URLPattern, pattern), open_to)
    return patterns, application, namespace


def _declare(pattern: URLPattern, open_to: WhoMay | None) -> None:
    view: Any = pattern.callback
    path_view = _path_view(view)
    if path_view is None:  # the OpenAPI document and its page name no person and no figure
        view.who_may = open_to or SIGNED_IN
        if not view.who_may.public:
            pattern.callback = _guarded(view, view.who_may)
        return
    by_method = {
        method: _who_may(operation, open_to)
        for operation in path_view.operations
        for method in operation.methods
    }
    view.who_may = _loosest(list(by_method.values()))
    view.who_may_by_method = by_method


def _guarded(view: Callable[..., HttpResponse], who: WhoMay) -> Callable[..., HttpResponse]:
    """The view behind the same check as an operation."""
    check = Needs(who)

    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check(request)
        return view(request, *args, **kwargs)

    guarded.who_may = who  # type: ignore[attr-defined]
    return guarded


def _path_view(view: Any) -> PathView | None:  # noqa: ANN401
    """The ninja PathView behind a view function, which ninja keeps only in its closure."""
    for cell in getattr(view, "__closure__", None) or ():
        if isinstance(cell.cell_contents, PathView):
            return cell.cell_contents
    return None


def _who_may(operation: Operation, open_to: WhoMay | None) -> WhoMay:
    for callback in operation.auth_callbacks:
        if not isinstance(callback, Needs):
            raise Unusable(f"{operation.path}: an operation is guarded by `needs(...)` only.")
        return callback.who_may
    if open_to is None:
        raise Unusable(f"{operation.path}: the operation does not say who may call it.")
    return open_to


def _loosest(rules: list[WhoMay]) -> WhoMay:
    """Who may call at least one of the operations at an address."""
    if any(each.public for each in rules):
        return PUBLIC
    if any(not each.capabilities for each in rules):
        return SIGNED_IN
    return WhoMay(capabilities=frozenset().union(*(each.capabilities for each in rules)))


def answer_problems(api: NinjaAPI) -> None:
    """Makes every error of the API an application/problem+json document (RFC 9457)."""

    def answer(_request: HttpRequest, problem: Problem) -> HttpResponse:
        response = JsonResponse(
            problem_document(problem),
            status=problem.status,
            content_type="application/problem+json",
        )
        if problem.status == 401:
            response.headers["WWW-Authenticate"] = 'Bearer realm="cx280"'
        return response

    def refused(request: HttpRequest, error: Exception) -> HttpResponse:
        return answer(request, as_problem(error))

    api.add_exception_handler(Problem, cast(Any, answer))
    for kind in (AuthenticationError, HttpError, Http404, Throttled, ValidationError):
        api.add_exception_handler(kind, cast(Any, refused))


def as_problem(error: Exception) -> Problem:
    """The Problem that says what ninja's own error means."""
    if isinstance(error, ValidationError):
        first = error.errors[0]
        field = ".".join(str(each) for each in first["loc"])
        return Unusable(f"{field}: {first['msg']}.", field=field)
    if isinstance(error, Http404):
        return NotFound("There is nothing at this address.")
    problem = Problem(str(error))
    problem.status = getattr(error, "status_code", 400)
    return problem
