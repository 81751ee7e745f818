"""Every route of the project says who may open it, and keeps everybody else out.

Routes are read from the resolver: one added anywhere is tested here without a line of work.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve

from cx280.accounts.access import WhoMay
from cx280.accounts.rules import MAY, Role
from tests.builders import a_person, an_agency
from tests.structure.routes import Route, routes

ROUTES = routes()
BACKEND = "cx280.accounts.backends.PasswordOrLink"
SIGN_IN = "/account/sign-in/"
# What a route may answer to somebody who may not open it. 405: it takes another method only.
REFUSED = {401, 403, 404, 405}
# Public pages that set a cookie when they are opened, each with its reason.
WITH_COOKIE = {
    "/account/sign-in/": "the form's CSRF token; the page is for staff",
}

every_route = pytest.mark.parametrize("route", ROUTES, ids=str)


def send(client: Client, method: str, route: Route) -> HttpResponse:
    answer: HttpResponse = client.generic(method, route.address)  # type: ignore[assignment]
    return answer


def asks_to_sign_in(answer: HttpResponse) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith(SIGN_IN)


def lacks_a_key(route: Route, answer: HttpResponse) -> bool:
    """As Touchpoints answers programs that send no key; a session opens nothing there."""
    return route.address.startswith("/touchpoints/") and answer.status_code == 400


def may_not(role: Role, who: WhoMay) -> bool:
    """Whether no capability of the role admits it."""
    return bool(who.capabilities) and not who.capabilities & MAY[role]


@pytest.fixture(scope="module")
def sessions(
    module_record: Callable[[], AbstractContextManager[None]],
) -> dict[Role | None, str]:
    """The cookie of somebody in each role, with an agency of their own, and without any role."""
    found: dict[Role | None, str] = {}
    with module_record():
        for role in (None, *Role):
            client = Client()
            client.force_login(a_person(role, an_agency()), backend=BACKEND)
            found[role] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


@pytest.fixture
def signed_in(sessions: dict[Role | None, str]) -> Callable[[Role | None], Client]:
    """A client of its own for somebody in the role."""

    def as_somebody(role: Role | None) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = sessions[role]
        return client

    return as_somebody


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_every_route_says_who_may_open_it(route: Route) -> None:
    assert route.who_may is not None, "put @allow(...) on the view, or auth=needs(...)"
    assert route.by_method


@every_route
def test_the_address_made_up_for_a_route_leads_to_it(route: Route) -> None:
    """By its pattern: where two routes share one, the first answers and is tested as well."""
    assert resolve(route.address).route == route.pattern


@pytest.mark.django_db
@pytest.mark.any_database
@every_route
def test_signed_out_gets_in_nowhere_but_on_public_pages(route: Route, client: Client) -> None:
    for method, who in route.by_method.items():
        if who.public:
            continue

        answer = send(client, method, route)

        refused = answer.status_code in REFUSED or lacks_a_key(route, answer)
        assert refused or asks_to_sign_in(answer), (method, answer)
        if route.address.startswith("/api/"):
            assert answer.status_code == 401
            assert answer.headers["Content-Type"] == "application/problem+json"


def test_each_session_is_of_somebody_in_that_role(
    db: None, signed_in: Callable[[Role | None], Client]
) -> None:
    for role in Role:
        assert signed_in(role).get("/account/").status_code == 200, role
    assert signed_in(None).get("/account/").status_code == 200


@pytest.mark.django_db
@pytest.mark.any_database
@every_route
def test_a_role_without_the_capability_is_refused(
    route: Route, signed_in: Callable[[Role | None], Client]
) -> None:
    for method, who in route.by_method.items():
        for role in filter(lambda role: may_not(role, who), Role):
            answer = send(signed_in(role), method, route)

            refused = answer.status_code in REFUSED or lacks_a_key(route, answer)
            assert refused, (method, role, answer)


@pytest.mark.django_db
@pytest.mark.any_database
@every_route
def test_somebody_without_any_role_gets_in_nowhere_but_where_everybody_does(
    route: Route, signed_in: Callable[[Role | None], Client]
) -> None:
    for method, who in route.by_method.items():
        if not who.capabilities:
            continue

        answer = send(signed_in(None), method, route)

        assert answer.status_code in REFUSED or lacks_a_key(route, answer), (method, answer)


@pytest.mark.django_db
@every_route
def test_an_address_that_names_nothing_breaks_nothing(
    route: Route, signed_in: Callable[[Role | None], Client]
) -> None:
    """Whoever may open the route gets an answer below 500, with empty tables and empty forms."""
    for method, who in route.by_method.items():
        role = next((each for each in Role if who.capabilities & MAY[each]), None)

        answer = send(signed_in(role), method, route)

        assert answer.status_code < 500, (method, role, answer)


@pytest.mark.django_db
@pytest.mark.any_database
@every_route
def test_a_public_page_sets_no_cookie(route: Route, client: Client) -> None:
    who = route.by_method.get("GET")
    if who is None or not who.public or str(route) in WITH_COOKIE:
        return

    answer = send(client, "GET", route)

    assert not answer.cookies, answer.cookies
    assert "Set-Cookie" not in answer.headers


def test_every_excuse_names_a_route_that_exists() -> None:
    assert set(WITH_COOKIE) <= {str(each) for each in ROUTES}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/nothing-here", "/data/v1/nothing-here"])
def test_an_unknown_address_for_programs_is_a_problem_document(
    address: str, client: Client
) -> None:
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
