"""The OpenAPI document: what ninja writes, with the package's own schema and CSV beside JSON."""

from __future__ import annotations

from typing import Any

import msgspec
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from cx280.circular.implements import implements
from cx280.reporting.rules.content import Content

_REF = "#/components/schemas/{name}"
# Content has parts with names of the API's own; the package's parts carry a prefix.
_PREFIX = "Package"
ROOT = "/data/v1/"
_PROBLEM = {
    "type": "object",
    "description": "RFC 9457: what is wrong, and what to do.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "rule": {"type": "string"},
        "field": {"type": "string"},
        "fix": {"type": "string"},
    },
    "required": ["type", "title", "status"],
}


class OpenDataAPI(NinjaAPI):
    """The open API; its document holds the content of a release exactly as packages have it."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The document. Errors are problem+json everywhere."""
        document = super().get_openapi_schema(**{**given, "path_prefix": ROOT})
        schemas = document["components"]["schemas"]
        schemas |= package_schemas()
        schemas["Problem"] = _PROBLEM
        schemas["Release"]["properties"]["content"] = {"$ref": _named("Content")}
        for operations in document["paths"].values():
            for operation in operations.values():
                _finish(operation)
        return document


@implements("280.14-c2")
def package_schemas() -> dict[str, Any]:
    """The JSON schemas of a package's content and its parts, as releases carry them."""
    _, parts = msgspec.json.schema_components([Content], ref_template="#/components/schemas/"
                                              f"{_PREFIX}{{name}}")  # fmt: skip
    return {f"{_PREFIX}{name}": schema for name, schema in parts.items()}


def _named(name: str) -> str:
    return _REF.format(name=f"{_PREFIX}{name}")


def _finish(operation: dict[str, Any]) -> None:
    problem = {"application/problem+json": {"schema": {"$ref": _REF.format(name="Problem")}}}
    responses = operation["responses"]
    responses["default"] = {
        "description": "What is wrong, and what to do.",
        "content": problem,
    }
    named = {each["name"] for each in operation.get("parameters", [])}
    if "format" in named or operation["operationId"].endswith("-csv"):
        content = responses[200].setdefault("content", {})
        content["text/csv"] = {"schema": {"type": "string"}}
        if operation["operationId"].endswith("-csv"):
            content.pop("application/json", None)
