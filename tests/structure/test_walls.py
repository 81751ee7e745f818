"""Walls between people: each route and method is tried with what a stranger's pages hold.

One agency has one of everything. Somebody with every role there follows every link and form, which
gives the address of each route as the product itself gives it, and what its forms send. Then
everybody of another agency, OMB and the public try what their roles open; what is not theirs must
be refused before a row is written. A route added anywhere joins by being linked. That a role
without the capability gets in nowhere is told in test_routes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from cx280.accounts.access import WhoMay
from cx280.accounts.actions.keys import make_key
from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.audit.models import AuditEntry
from cx280.site.api_urls import api
from tests.builders import an_agency
from tests.reporting.quarters import Scene
from tests.structure.crawling import Found, crawl, filled
from tests.structure.everything import (
    DRAFT,
    MARK,
    WORDS,
    an_agency_with_everything,
    everybody_of,
    told_nowhere,
)
from tests.structure.routes import Route, routes

pytestmark = pytest.mark.django_db
BACKEND = "cx280.accounts.backends.PasswordOrLink"
WRITES = re.compile(r"\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"(\w+)\"", re.IGNORECASE)
# Of being signed in, not of anybody's work.
OF_THE_SESSION = {"django_session", "accounts_apikey"}
REFUSED = {403, 404, 405}
# Whoever is signed in would be somebody else afterwards.
SIGNING = ("account/sign-out/", "account/sign-in/", "account/link/")
PROGRAMS = ("api/", "touchpoints/")
ROUTES = [
    each for each in routes() if "(?P" not in each.pattern and not each.pattern.startswith(SIGNING)
]
# Their arguments name nothing that is an agency's.
OF_NOBODY = {
    "capacity/templates/<slug:code>/<int:version>/",
    "plans/templates/<slug:code>/<int:version>/",
    "capacity/registers/<slug:register>/",
    "capacity/registers/<slug:register>.csv",
    "research/words/<slug:what>/",
    "api/v1/registers/<name>",
}
# What an address says beside, where it must.
ASKED = {"api/v1/digital/<service>/change": "?figure=trust&on=2022-02-01"}
# Where people write what is their own: keys, calendars, digests, words of their agency; answers.
OWN = {
    "account/keys/new/",
    "year/calendar/",
    "year/calendar/renew/",
    "today/digest/",
    "research/words/<slug:what>/",
    "s/<slug:code>/",
}
# What OMB decides or writes down with an agency.
OF_OMB = ("talks/", "life-experiences/work/")


@dataclass(frozen=True)
class Try:
    """One request somebody makes."""

    route: Route
    method: str
    who: WhoMay
    address: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Walled:
    """Everything of one agency, with the addresses that lead to it, and those outside."""

    scene: Scene
    person: Person
    found: Found
    tries: list[Try]
    stranger: Person


@pytest.fixture(scope="module")
def walled(module_record: Callable[[], AbstractContextManager[None]]) -> Walled:
    """One agency with everything, found by its own people, and somebody of another."""
    with module_record():
        scene, person = an_agency_with_everything()
        found = crawl(Asking(person).client, [each.address for each in ROUTES if is_start(each)])
        tries = list(all_tries(found, told_nowhere(scene, person)))
        return Walled(scene, person, found, tries, everybody_of(an_agency()))


def is_start(route: Route) -> bool:
    return "<" not in route.pattern and not route.pattern.startswith((*PROGRAMS, "data/", "hooks/"))


def all_tries(found: Found, known: dict[str, str]) -> Iterator[Try]:
    """Each route and method once, with an address of the agency and what it would send there."""
    bodies, arguments = bodies_of_programs(), found.met() | known
    for route in ROUTES:
        address = found.addresses.get(route.pattern) or filled(route.pattern, arguments)
        address += ASKED.get(route.pattern, "")
        for method, who in route.by_method.items():
            key = (route.pattern, method)
            body = bodies.get(key) or found.bodies.get(address, {})
            yield Try(route, method, who, address, body)


def bodies_of_programs() -> dict[tuple[str, str], Any]:
    """The least that an operation of the API takes, from its own description, by its pattern."""
    document = api.get_openapi_schema()
    found: dict[tuple[str, str], Any] = {}
    for path, operations in document["paths"].items():
        pattern = path.lstrip("/").replace("{", "<").replace("}", ">")
        for method, operation in operations.items():
            content = operation.get("requestBody", {}).get("content", {})
            for each in content.values():
                body = least(each["schema"], document["components"]["schemas"])
                found[pattern, method.upper()] = body
    return found


def least(schema: dict[str, Any], named: dict[str, Any]) -> Any:  # noqa: ANN401
    """The smallest value that the schema lets through."""
    if "$ref" in schema:
        return least(named[schema["$ref"].rsplit("/", 1)[-1]], named)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return least(schema[several][0], named)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("type") == "object":
        parts = schema.get("properties", {})
        return {name: least(parts[name], named) for name in schema.get("required", ())}
    if schema.get("type") == "array":
        return [least(schema["items"], named)] * schema.get("minItems", 0)
    if schema.get("type") == "string":
        written = {"date": "2023-05-10", "date-time": "2023-05-10T12:00:00Z"}
        return written.get(schema.get("format", ""), "Something")
    return {"integer": 1, "number": 1.0, "boolean": True}.get(schema.get("type", ""))


class Asking:
    """Somebody, or the public, who sends what was found."""

    def __init__(self, person: Person | None) -> None:
        self.person = person
        self.client = Client()
        self.key: dict[str, str] = {}
        if person is not None:
            self.client.force_login(person, backend=BACKEND)
            self.key = {"X-Api-Key": make_key(person, name="A script", by=person)}

    def send(self, each: Try) -> tuple[int, str, set[str]]:
        """The status, what is read, and the tables that were written to."""
        wrote: set[str] = set()

        def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:  # noqa: ANN401
            found = WRITES.match(sql)
            wrote.update({found.group(1)} - OF_THE_SESSION if found else ())
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            answer = self._answer(each)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer.status_code, body.decode(errors="replace"), wrote

    def _answer(self, each: Try) -> Any:  # noqa: ANN401  every kind of answer
        if each.route.pattern.startswith(PROGRAMS):
            body = b"" if each.method == "GET" else json.dumps(each.body).encode()
            return self.client.generic(
                each.method, each.address, body, "application/json", headers=self.key
            )
        if each.method == "GET":
            return self.client.get(each.address)
        return self.client.post(each.address, each.body)

    def all_of(self, walled: Walled) -> Iterator[tuple[Try, int, str, set[str]]]:
        """Each try that the person's roles open, with what came of it."""
        for each in walled.tries:
            if each.who.admits(self.person):
                yield (each, *self.send(each))


def test_the_agency_itself_comes_to_its_own_work(walled: Walled) -> None:
    """Else the walls would stand before nothing."""
    met = set(walled.found.addresses)
    page = Asking(walled.person).client.get("/responses/urgent/")

    assert len(met) > 330
    assert WORDS in page.content.decode()
    assert {each.pattern for each in ROUTES} >= OF_NOBODY


def test_another_agency_s_people_see_none_of_it_and_change_none_of_it(walled: Walled) -> None:
    stranger = walled.stranger
    tried = 0

    for each, status, text, wrote in Asking(stranger).all_of(walled):
        pattern, here = each.route.pattern, (each.method, each.address, status)
        if "<" in pattern and not each.who.public and pattern not in OF_NOBODY:
            assert status in REFUSED, here
            tried += 1
        assert not wrote or pattern in OWN, (here, wrote)
        assert MARK not in text, here
        assert DRAFT not in text, here
        assert WORDS not in text, here

    agency = walled.scene.agency
    theirs = Organization.objects.filter(path__startswith=agency.path).values("code")
    told = AuditEntry.objects.filter(actor=stranger.email, organization__in=theirs)
    assert not told.exists()
    assert tried > 500


def test_omb_reads_no_customer_s_words_and_no_draft_and_writes_only_what_is_its_own(
    walled: Walled,
) -> None:
    tried = 0

    for each, status, text, wrote in Asking(walled.scene.reviewer).all_of(walled):
        here = (each.method, each.address, status)
        assert "zebra" not in text, here
        assert DRAFT not in text, here
        mine = each.route.pattern in OWN or each.route.pattern.startswith(OF_OMB)
        assert not wrote or mine, (here, wrote)
        tried += 1

    assert tried > 300


def test_the_public_sees_what_is_released_and_writes_nothing_but_answers(walled: Walled) -> None:
    public = Asking(None)
    released = public.client.get("/data/v1/measures").content.decode()
    assert walled.scene.service.name in released

    for each, status, text, wrote in public.all_of(walled):
        here = (each.method, each.address, status)
        assert not wrote or each.route.pattern == "s/<slug:code>/", (here, wrote)
        assert MARK not in text, here
        assert DRAFT not in text, here
        assert "zebra" not in text, here
