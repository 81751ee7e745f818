"""The collector keeps what its OpenAPI document promises, whatever is sent to a real server."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from cx280.collector.openapi import document
from tests.a_server import Server
from tests.collector.asking import write_sites

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
# `CX280_EXAMPLES=500 pytest tests/collector/test_openapi.py` looks longer.
EXAMPLES = int(os.environ.get("CX280_EXAMPLES", "10"))


@schemathesis.serializer("application/x-ndjson")
def as_lines(_: object, value: object) -> bytes:
    return value.encode() if isinstance(value, str) else json.dumps(value).encode()


api = schemathesis.openapi.from_dict(document("0"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("collector")
    write_sites(folder)
    made = Server(
        folder,
        ("-m", "cx280", "collect"),
        ready="/t/v1/health",
        environment={"CX280_EVENTS_A_SECOND": "0"},
    )
    made.start()
    yield made
    made.kill()


@pytest.mark.proves("280.7-g1")
def test_the_document_is_published_and_its_event_is_that_of_the_json_schema(server: Server) -> None:
    published = json.loads(server.get("/t/v1/openapi.json")[1])
    schema = json.loads(server.get("/t/v1/schema.json")[1])

    assert published["paths"].keys() == document("0")["paths"].keys()
    assert published["components"]["schemas"]["Event"] == schema["$defs"]["Event"]


@api.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_request_breaks_the_collector_or_its_promises(
    case: schemathesis.Case[Any], server: Server
) -> None:
    for event in case.body if isinstance(case.body, list) else [case.body]:
        if isinstance(event, dict) and "site" in event:
            event["site"] = "open"

    case.call_and_validate(
        base_url=f"http://127.0.0.1:{server.port}",
        headers={"Accept-Encoding": "identity"},
        checks=CHECKS,
    )
