"""The OpenAPI document of /api/v1/: a snapshot, whole, and true to the answers."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, connection
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cx280.accounts import actions
from cx280.accounts.rules import Role
from tests.builders import a_person, a_response, some_words
from tests.reporting.quarters import a_scene, answered, sent
from tests.site.calls import PROBLEM, Program

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).with_name("api-v1.json")


def served() -> dict[str, Any]:
    document: dict[str, Any] = Program(a_person(Role.ANALYST)).read("/openapi.json")
    return document


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_document_is_the_one_programs_rely_on() -> None:
    """`CX280_SNAPSHOT=1 pytest tests/site/test_api_openapi.py` writes it anew."""
    document = served()
    if os.environ.get("CX280_SNAPSHOT") == "1":
        SNAPSHOT.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")

    assert document == json.loads(SNAPSHOT.read_text("utf-8"))


def test_every_operation_has_a_name_a_tag_a_key_and_says_how_errors_look() -> None:
    found = operations(served())

    names = [operation["operationId"] for _, _, operation in found]
    assert len(names) == len(set(names)) == 78
    for _, _, operation in found:
        assert operation["tags"]
        assert operation["summary"]
        assert operation["security"]
        assert PROBLEM in operation["responses"]["default"]["content"]


def test_everything_the_document_refers_to_is_in_it() -> None:
    document = served()
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}

    def refers_to(node: object) -> set[str]:
        if isinstance(node, list):
            return set().union(*(refers_to(each) for each in node), set())
        if not isinstance(node, dict):
            return set()
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(refers_to(each) for each in node.values()), set())

    assert refers_to(document) <= known


def test_the_document_is_not_for_the_public() -> None:
    answer = Client().get("/api/v1/openapi.json")

    assert (answer.status_code, answer.headers["Content-Type"]) == (401, PROBLEM)
    assert Client().get("/api/v1/docs").status_code == 404


def test_no_cache_keeps_what_was_for_one_person() -> None:
    program = Program(a_person(Role.CX_LEAD))

    for address in ("me", "services", "quarters/1", "openapi.json"):
        answer = program.client.get(f"/api/v1/{address}")
        assert "no-store" in answer.headers["Cache-Control"], address


def test_omb_never_gets_a_comment_whatever_it_asks() -> None:
    scene = a_scene()
    answered(scene)
    words = "Only for the agency to read"
    response = a_response(scene.version)
    some_words(response, words)
    package = sent(scene)
    reviewer = Program(scene.reviewer).client
    places = {
        "{service}": scene.service.code,
        "{pk}": str(package.pk),
        "/services/{code}": f"/services/{scene.service.code}",
        "{code}": scene.survey.code,
    }

    for path, method, _ in operations(served()):
        address = path
        for name, value in places.items():
            address = address.replace(name, value)
        answer = reviewer.generic(method.upper(), address, "{}", content_type="application/json")
        assert words.encode() not in answer.getvalue(), address


api = schemathesis.openapi.from_dict(json.loads(SNAPSHOT.read_text("utf-8")))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# What the document shows and its limits (some 60 requests for each operation) are tried once: on
# PostgreSQL, which refuses more than SQLite does. Chance is tried on both.
PHASES = [Phase.explicit, Phase.generate] if connection.vendor == "postgresql" else [Phase.generate]


@cache
def application() -> WSGIHandler:
    """The whole application, started once: that takes longer than an answer."""
    return get_wsgi_application()


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Keeps a whole application from closing the connection that the test's data lives in."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def key(module_record: Callable[[], AbstractContextManager[None]]) -> str:
    """The key of a CX lead whose service and survey have the code that the addresses name."""
    with module_record():
        scene = a_scene()
        answered(scene)
        sent(scene)
        scene.service.code = scene.survey.code = "boat"
        scene.service.save(update_fields=["code"])
        scene.survey.save(update_fields=["code"])
        return actions.make_key(scene.lead, name="test", by=scene.lead)


@api.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=PHASES,
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.usefixtures("_one_connection")
def test_no_request_breaks_the_api_or_its_promises(case: schemathesis.Case[Any], key: str) -> None:
    for name in ("code", "service"):
        if name in case.path_parameters:
            case.path_parameters[name] = "boat"

    case.call_and_validate(
        app=application(),
        base_url="http://localhost",
        headers={"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"},
        checks=CHECKS,
    )
