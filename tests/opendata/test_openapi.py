"""The OpenAPI document: kept as a snapshot, true to the package, and true to the answers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cx280.opendata.rules.dictionary import FIELDS
from cx280.reporting.rules.content import Content
from tests.opendata.published import a_provider, a_quarter, a_release, a_reported_row, trust

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).with_name("openapi.json")


def served() -> dict[str, Any]:
    document: dict[str, Any] = Client().get("/data/v1/openapi.json").json()
    return document


@pytest.mark.proves("280.14-c2")
def test_the_document_is_the_one_programs_rely_on() -> None:
    """`CX280_SNAPSHOT=1 pytest tests/opendata/test_openapi.py` writes it anew."""
    document = served()
    if os.environ.get("CX280_SNAPSHOT") == "1":
        SNAPSHOT.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")

    assert document == json.loads(SNAPSHOT.read_text("utf-8"))


@pytest.mark.proves("280.14-c2")
def test_the_schema_of_a_release_is_that_of_the_package() -> None:
    schemas = served()["components"]["schemas"]

    assert schemas["Release"]["properties"]["content"] == {
        "$ref": "#/components/schemas/PackageContent"
    }
    fields = {each.encode_name for each in msgspec.structs.fields(Content)}
    assert set(schemas["PackageContent"]["properties"]) == fields


def test_measures_have_the_columns_of_the_dictionary() -> None:
    line = served()["components"]["schemas"]["MeasureLine"]

    assert list(line["properties"]) == [each.name for each in FIELDS]
    assert line["properties"]["key"]["description"] == next(
        each.meaning for each in FIELDS if each.name == "key"
    )


def test_no_page_of_the_api_loads_scripts_of_other_sites() -> None:
    assert Client().get("/data/v1/docs").status_code == 404


api = schemathesis.openapi.from_dict(json.loads(SNAPSHOT.read_text("utf-8")))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@cache
def application() -> WSGIHandler:
    """The whole application, started once: that takes longer than an answer."""
    return get_wsgi_application()


@pytest.fixture
def _something_published() -> Iterator[None]:
    """A release and an earlier report; a request leaves the test's own connection open."""
    signals = (request_started, request_finished)
    for each in signals:
        each.disconnect(close_old_connections)
    _, service = a_provider()
    a_release(service, a_quarter(trust([3, 5, 12, 60, 40])), number=1)
    a_reported_row(service)
    yield
    for each in signals:
        each.connect(close_old_connections)


@api.parametrize()
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.usefixtures("_something_published")
def test_no_request_breaks_the_api_or_its_promises(case: schemathesis.Case[Any]) -> None:
    plainly = {"Accept-Encoding": "identity"}

    answer = case.call(app=application(), base_url="http://localhost", headers=plainly)

    case.validate_response(answer, checks=CHECKS)
