"""The collector's doors as an OpenAPI document, for programs that send events."""

from __future__ import annotations

from typing import Any

import msgspec

from cx280.collector.bodies import LONGEST_BODY, LONGEST_INFLATED, MOST_EVENTS
from cx280.telemetry.schemas import Event

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "accepted": {"type": "integer", "minimum": 0},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "message"],
                "properties": {
                    "pointer": {"type": "string", "description": "RFC 6901, into the body"},
                    "message": {"type": "string"},
                },
            },
        },
    },
}
_HEALTH = {
    "type": "object",
    "required": ["status", "accepted", "duplicates", "refused", "pending_bytes", "sites"],
    "properties": {
        "status": {"enum": ["ok", "failing"]},
        "accepted": {"type": "integer"},
        "duplicates": {"type": "integer"},
        "refused": {"type": "integer"},
        "pending_bytes": {"type": "integer"},
        "sites": {"type": "object", "additionalProperties": {"type": "object"}},
    },
}
_LOGS = {
    "type": "object",
    "description": "An export of log records, as the OpenTelemetry Protocol writes it in JSON.",
    "externalDocs": {"url": "https://opentelemetry.io/docs/specs/otlp/#otlphttp"},
    "properties": {"resourceLogs": {"type": "array", "items": {"type": "object"}}},
}
_PARTLY = {
    "type": "object",
    "properties": {
        "partialSuccess": {
            "type": "object",
            "required": ["rejectedLogRecords"],
            "properties": {
                "rejectedLogRecords": {"type": ["string", "integer"]},
                "errorMessage": {"type": "string"},
            },
        }
    },
}
_REFUSALS = {
    400: "The body cannot be read.",
    408: "The body came too slowly.",
    413: f"More than {LONGEST_BODY // 1024} KB, {LONGEST_INFLATED >> 20} MB inflated, or"
    f" {MOST_EVENTS:,} events.",
    415: "This kind of body is not taken.",
    429: "Too many events from one address; Retry-After says when again.",
    503: "The disk takes nothing now; nothing of the request was kept. Send the same again.",
}
_ACCEPTED = {"type": "object", "required": ["accepted"],
             "properties": {"accepted": {"type": "integer", "minimum": 0}}}  # fmt: skip


def document(version: str) -> dict[str, Any]:
    """The document (OpenAPI 3.1), with the schema of an event as programs send it."""
    place = "#/components/schemas/{name}"
    (either,), parts = msgspec.json.schema_components([Event | list[Event]], ref_template=place)
    text = {"schema": {"type": "string"}}
    events = {
        "application/json": {"schema": either},
        "application/x-ndjson": text,
        "text/plain": text,
    }
    taken = {202: _answer("Durable.", _ACCEPTED),
             422: _answer("Some were refused; the others are kept.", _problem(),
                          "application/problem+json")}  # fmt: skip
    logs = {"application/json": {"schema": {"$ref": place.format(name="ExportLogsServiceRequest")}}}
    heard = {200: _answer("Durable, all but those named.", _PARTLY)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Events of cx280", "version": version},
        "paths": {
            "/t/v1/events": {"post": _sending("sendEvents", "Send events", events, taken)},
            "/t/v1/logs": {"post": _sending("sendLogs", "Send OTLP log records", logs, heard)},
            "/t/v1/schema.json": {"get": _reading("schema", "JSON Schema of events", {})},
            "/t/v1/openapi.json": {"get": _reading("openapi", "This document", {})},
            "/t/v1/health": {"get": _reading("health", "Counts and silence by site", _HEALTH, 503)},
        },
        "components": {
            "schemas": {
                **parts,
                "Problem": _PROBLEM,
                "ExportLogsServiceRequest": _LOGS,
            }
        },
    }


def _sending(
    name: str, summary: str, bodies: dict[str, Any], good: dict[int, Any]
) -> dict[str, Any]:
    refused = {
        status: _answer(words, _problem(), "application/problem+json")
        for status, words in _REFUSALS.items()
    }
    return {
        "operationId": name,
        "summary": summary,
        "requestBody": {"required": True, "content": bodies},
        "responses": {str(status): each for status, each in sorted({**good, **refused}.items())},
    }


def _reading(name: str, summary: str, schema: dict[str, Any], *more: int) -> dict[str, Any]:
    answers = {str(status): _answer(summary, schema) for status in (200, *more)}
    return {"operationId": name, "summary": summary, "responses": answers}


def _answer(words: str, schema: dict[str, Any], kind: str = "application/json") -> dict[str, Any]:
    return {"description": words, "content": {kind: {"schema": schema}}}


def _problem() -> dict[str, Any]:
    return {"$ref": "#/components/schemas/Problem"}
