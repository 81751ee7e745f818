"""A small API proves the guard: operations say who may call them, errors are problem+json."""

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import URLPattern, path
from ninja import NinjaAPI
from pytest_django import Settings

from cx280.accounts import actions
from cx280.accounts.access import PUBLIC, SIGNED_IN, WhoMay, allow
from cx280.accounts.api_access import api_urls, asking_person, needs
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability, Role
from cx280.kernel.problem import Conflict, Unusable
from tests.builders import a_person

C = Capability
api = NinjaAPI(urls_namespace="small", docs_url=None)


@api.get("/anybody", auth=needs())
def anybody(request: HttpRequest) -> str:
    return asking_person(request).email


@api.get("/measures", auth=needs(C.SEE_MEASURES))
def measures(request: HttpRequest) -> str:
    return "figures"


@api.post("/measures", auth=needs(C.EDIT_SURVEYS))
def write(request: HttpRequest, n: int) -> int:
    if n == 0:
        raise Conflict("There is nothing to write.", rule="280.10-g2")
    return n


open_api = NinjaAPI(urls_namespace="open", docs_url=None)


@open_api.get("/release")
def release(request: HttpRequest) -> str:
    return "for everybody"


@allow(C.SEE_SYSTEM)
def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


def undeclared(request: HttpRequest) -> HttpResponse:
    return HttpResponse("nobody said who may")


urlpatterns = [
    path("api/v1/", api_urls(api)),
    path("data/v1/", api_urls(open_api, open_to=PUBLIC)),
    path("api/page/", page),
    path("page/", page),
    path("undeclared/", undeclared),
    path("api/undeclared/", undeclared),
]


@pytest.fixture(autouse=True)
def small_site(settings: Settings) -> Iterator[None]:
    settings.ROOT_URLCONF = __name__
    return iter([None])


def key_of(role: Role) -> str:
    person = a_person(role)
    return f"Bearer {actions.make_key(person, name='test', by=person)}"


def patterns() -> dict[str, object]:
    found, _, _ = api_urls(api)
    return {str(each.pattern): each.callback for each in found if isinstance(each, URLPattern)}


def test_every_address_of_an_api_says_who_may_open_it() -> None:
    declared = patterns()

    assert declared["anybody"].who_may == SIGNED_IN  # type: ignore[attr-defined]
    assert declared["measures"].who_may.capabilities == {C.SEE_MEASURES, C.EDIT_SURVEYS}  # type: ignore[attr-defined]
    assert declared["measures"].who_may_by_method["POST"] == WhoMay(  # type: ignore[attr-defined]
        capabilities=frozenset({C.EDIT_SURVEYS})
    )
    assert declared["openapi.json"].who_may == SIGNED_IN  # type: ignore[attr-defined]


def test_an_operation_that_says_nothing_stops_the_start() -> None:
    silent = NinjaAPI(urls_namespace="silent", docs_url=None)
    silent.get("/silent")(release)

    with pytest.raises(Unusable, match="does not say who may call it"):
        api_urls(silent)


def test_a_guard_of_another_kind_stops_the_start() -> None:
    foreign = NinjaAPI(urls_namespace="foreign", docs_url=None)
    foreign.get("/foreign", auth=lambda request: True)(release)

    with pytest.raises(Unusable, match="guarded by `needs"):
        api_urls(foreign)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/anybody", "/api/v1/openapi.json", "/api/page/"])
def test_signed_out_gets_401_as_a_problem(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 401
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 401


@pytest.mark.django_db
def test_a_401_says_how_to_sign_in(client: Client) -> None:
    response = client.get("/api/v1/anybody")

    assert response.headers["WWW-Authenticate"].startswith("Bearer")
    assert "Authorization" in response.json()["fix"]


@pytest.mark.django_db
def test_the_wrong_role_gets_403_and_the_right_one_the_answer(client: Client) -> None:
    wrong = client.get("/api/v1/measures", HTTP_AUTHORIZATION=key_of(Role.ADMINISTRATOR))
    right = client.get("/api/v1/measures", HTTP_AUTHORIZATION=key_of(Role.ANALYST))

    assert (wrong.status_code, wrong.headers["Content-Type"]) == (403, "application/problem+json")
    assert right.json() == "figures"


@pytest.mark.django_db
def test_each_method_has_its_own_rule(client: Client) -> None:
    analyst = key_of(Role.ANALYST)

    read = client.get("/api/v1/measures", HTTP_AUTHORIZATION=analyst)
    written = client.post("/api/v1/measures?n=1", HTTP_AUTHORIZATION=analyst)

    assert (read.status_code, written.status_code) == (200, 403)


@pytest.mark.django_db
def test_a_session_writes_only_with_its_token() -> None:
    strict = Client(enforce_csrf_checks=True)
    manager = a_person(Role.PROGRAM_MANAGER)
    strict.force_login(manager, backend="cx280.accounts.backends.PasswordOrLink")

    read = strict.get("/api/v1/measures")
    written = strict.post("/api/v1/measures?n=1")
    by_key = strict.post("/api/v1/measures?n=1", HTTP_AUTHORIZATION=key_of(Role.CX_LEAD))

    assert (read.status_code, written.status_code, by_key.status_code) == (200, 403, 200)


@pytest.mark.django_db
def test_a_problem_carries_its_rule_and_bad_input_its_field(client: Client) -> None:
    key = key_of(Role.CX_LEAD)

    conflict = client.post("/api/v1/measures?n=0", HTTP_AUTHORIZATION=key)
    unusable = client.post("/api/v1/measures?n=x", HTTP_AUTHORIZATION=key)

    assert (conflict.status_code, conflict.json()["rule"]) == (409, "280.10-g2")
    assert (unusable.status_code, unusable.json()["field"]) == (422, "query.n")


@pytest.mark.django_db
def test_open_data_needs_no_key_and_sets_no_cookie(client: Client) -> None:
    response = client.get("/data/v1/release")
    described = client.get("/data/v1/openapi.json")

    assert (response.status_code, described.status_code) == (200, 200)
    assert not response.cookies


@pytest.mark.django_db
def test_a_page_sends_the_signed_out_to_sign_in_and_back(
    client: Client, settings: Settings
) -> None:
    settings.LOGIN_URL = "/account/sign-in/"

    page_asked = client.get("/page/?a=1")
    part_asked = client.get("/page/", HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://t/x/?b=2")

    assert page_asked.headers["Location"] == "/account/sign-in/?next=/page/%3Fa%3D1"
    assert part_asked.headers["HX-Redirect"] == "/account/sign-in/?next=/x/%3Fb%3D2"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/undeclared/", "/api/undeclared/"])
def test_a_view_that_says_nothing_is_refused_even_to_administrators(
    sign_in: Callable[[Person], Client], address: str
) -> None:
    client = sign_in(a_person(Role.ADMINISTRATOR))

    response = client.get(address)

    assert response.status_code == 403
    assert b"nobody said" not in response.content
