"""The API for people signed in and for programs with a key: /api/v1/"""

from __future__ import annotations

from typing import Any

import msgspec
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.cache import never_cache
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.parser import Parser

from cx280.accounts.api import router as accounts
from cx280.accounts.api_access import api_urls
from cx280.alarms.api import router as alarms
from cx280.burden.api import router as burden
from cx280.capacity.api import router as capacity
from cx280.dashboards.api import router as digital
from cx280.delivery.api import router as delivery
from cx280.designation.api import router as designations
from cx280.indicators.api import router as indicators
from cx280.journeys.api import router as journeys
from cx280.kernel.problem import Problem, Unusable
from cx280.life_experiences.api import router as life_experiences
from cx280.measures.api import router as measures
from cx280.obligations.api import router as obligations
from cx280.opendata.openapi import package_schemas
from cx280.paperwork.api import router as paperwork
from cx280.reporting.api import router as quarters
from cx280.research.api import router as research
from cx280.responses.api import router as responses
from cx280.services.api import router as services
from cx280.services.rules.record import ServiceRecord
from cx280.surveys.api import router as surveys
from cx280.surveys.rules.document import SurveyDocument
from cx280.telemetry.api import router as telemetry

Addresses = tuple[list[URLPattern | URLResolver], str, str]

ROOT = "/api/v1/"
_REF = "#/components/schemas/"
_PROBLEM = "application/problem+json"
# Documents that the folders define themselves: which field of the API holds which.
_DOCUMENTS = {
    ("Service", "profile"): "ServiceRecord",
    ("Draft", "document"): "SurveyDocument",
    ("DraftToSave", "document"): "SurveyDocument",
    ("Version", "document"): "SurveyDocument",
    ("Package", "content"): "PackageContent",
}


class TooLarge(Problem):
    """More was sent than is taken at once."""

    status = 413


class StrictParser(Parser):
    """Reads JSON; refuses what the record cannot hold: NUL, half characters, NaN."""

    def parse_body(self, request: HttpRequest) -> Any:  # noqa: ANN401  JSON is anything
        """The values in the body; raises Unusable, which `StaffAPI` answers with."""
        try:
            found = msgspec.json.decode(request.body)
        except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
            raise Unusable(f"The body is not JSON: {str(error).rstrip('.')}.") from error
        if b"\\u0000" in request.body and _holds_nul(found):
            raise Unusable("A text in the body holds a NUL character, which cannot be stored.")
        return found


def _holds_nul(value: object) -> bool:
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str) and "\x00" in each:
            return True
        if isinstance(each, dict):
            waiting += [*each.keys(), *each.values()]
        elif isinstance(each, list):
            waiting += each
    return False


class StaffAPI(NinjaAPI):
    """The API; whatever is wrong with a request is told as a problem (RFC 9457)."""

    def on_exception(self, request: HttpRequest, exc: Any) -> HttpResponse:  # noqa: ANN401
        """The answer to what went wrong, with the reason that ninja would hide."""
        if isinstance(exc, HttpError) and isinstance(exc.__cause__, Problem):
            exc = exc.__cause__
        if isinstance(exc, RequestDataTooBig):
            exc = TooLarge("The body is larger than 5 MB.", fix="Send it in several parts.")
        return super().on_exception(request, exc)

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of an operation that gives none itself: that of its function."""
        return operation.view_func.__name__.replace("_", "-")

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        """The document, with the schemas of the documents that go in and out."""
        document = super().get_openapi_schema(**{**given, "path_prefix": ROOT})
        schemas = document["components"]["schemas"]
        for (holder, field), name in _DOCUMENTS.items():
            told = schemas[holder]["properties"][field].get("description", "")
            schemas[holder]["properties"][field] = {"$ref": _REF + name, "description": told}
        schemas |= _document_schemas()
        for address, operations in document["paths"].items():
            for operation in operations.values():
                _finish(operation, is_file=address.endswith(".csv"))
        body = document["paths"][f"{ROOT}surveys/check"]["post"]["requestBody"]
        body["content"]["application/json"]["schema"] = {"$ref": f"{_REF}SurveyDocument"}
        return document


def _document_schemas() -> dict[str, Any]:
    """The schemas of services, surveys and packages as files carry them, and of a problem."""
    found = package_schemas()
    for root, prefix in ((ServiceRecord, ""), (SurveyDocument, "Survey")):
        _, parts = msgspec.json.schema_components([root], ref_template=f"{_REF}{{name}}")
        named = {name: name if name.startswith(prefix) else prefix + name for name in parts}
        found |= {named[name]: _renamed(schema, named) for name, schema in parts.items()}
    words = {"type": "string"}
    properties = dict.fromkeys(("type", "title", "rule", "field", "fix"), words)
    found["Problem"] = {
        "type": "object",
        "description": "RFC 9457: what is wrong, and what to do.",
        "properties": {**properties, "status": {"type": "integer"}},
        "required": ["type", "title", "status"],
    }
    return found


def _renamed(schema: Any, named: dict[str, str]) -> Any:  # noqa: ANN401  JSON is anything
    """The schema with what it refers to under its name here; names in files are not unique."""
    if isinstance(schema, list):
        return [_renamed(each, named) for each in schema]
    if not isinstance(schema, dict):
        return schema
    return {
        key: _REF + named[value.removeprefix(_REF)] if key == "$ref" else _renamed(value, named)
        for key, value in schema.items()
    }


def _finish(operation: dict[str, Any], *, is_file: bool) -> None:
    """Errors are problems, files are CSV."""
    responses = operation["responses"]
    if is_file:
        responses[200]["content"] = {"text/csv": {"schema": {"type": "string"}}}
    if 409 in responses:
        responses[409]["content"] = {_PROBLEM: responses[409]["content"]["application/json"]}
    responses["default"] = {
        "description": "What is wrong, and what to do.",
        "content": {_PROBLEM: {"schema": {"$ref": f"{_REF}Problem"}}},
    }


api = StaffAPI(
    title="cx280",
    version="1",
    description=(
        "Services, surveys, responses, measures, quarters and telemetry, for people signed in and"
        " for their programs. A program sends `Authorization: Bearer` with a key of a person and"
        " may do what that person may. What belongs to another agency is not found."
    ),
    docs_url=None,  # its page would load scripts of other sites
    urls_namespace="api",
    parser=StrictParser(),
)
for router in (
    accounts, services, surveys, delivery, paperwork, responses, measures, alarms, quarters,
    obligations, capacity, designations, journeys, indicators, life_experiences, digital,
    telemetry, research, burden,
):  # fmt: skip
    api.add_router("", router)


def _never_kept(addresses: Addresses) -> Addresses:
    """The addresses, with answers that no cache keeps: they are for whoever asked."""
    for pattern in addresses[0]:
        if isinstance(pattern, URLPattern):
            pattern.callback = never_cache(pattern.callback)
    return addresses


urlpatterns = [path("", _never_kept(api_urls(api)))]
