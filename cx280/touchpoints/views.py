"""/touchpoints/v1/: reading as from GSA Touchpoints, and writing answers with their dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound, Unusable
from cx280.responses import actions
from cx280.responses.access import survey_to_import
from cx280.responses.rules.export import TOUCHPOINTS_HEADER
from cx280.responses.rules.importing import Reconciliation
from cx280.responses.rules.touchpoints17 import MOMENT
from cx280.services.access import hisps_where, services_where
from cx280.touchpoints import schemas
from cx280.touchpoints.access import keyed
from cx280.touchpoints.queries import collections as quarters
from cx280.touchpoints.queries import responses as answers
from cx280.touchpoints.queries import services as inventory
from cx280.touchpoints.rules.shapes import paged, paging_of

C = Capability
_MOMENT_FORMAT = "%Y-%m-%dT%H:%M:%S.%f%z"
_KEPT = ("start_date", "end_date")


def _json(document: dict[str, Any], status: int = 200) -> HttpResponse:
    return JsonResponse(document, status=status, json_dumps_params={"ensure_ascii": False})


@keyed(get=C.SEE_SERVICES)
def services(request: HttpRequest, person: Person) -> HttpResponse:
    """Every service the person may see; `hisp=1`, those of providers alone."""
    found = services_where(person, C.SEE_SERVICES)
    if request.GET.get("hisp") == "1":
        found = found.filter(hisp__isnull=False)
    return _json({"data": inventory.services(found)})


@keyed(get=C.SEE_SERVICES)
def service(request: HttpRequest, person: Person, pk: int) -> HttpResponse:
    """One service."""
    found = inventory.services(services_where(person, C.SEE_SERVICES).filter(pk=pk))
    if not found:
        raise NotFound("There is no such service, or it is not one of yours.")
    return _json({"data": found[0]})


@keyed(get=C.SEE_SERVICES)
def service_providers(request: HttpRequest, person: Person) -> HttpResponse:
    """Every provider the person may see."""
    return _json({"data": list(inventory.providers(hisps_where(person, C.SEE_SERVICES)))})


@keyed(get=C.SEE_QUARTERS)
def cx_collections(request: HttpRequest, person: Person) -> HttpResponse:
    """The quarters that are published; `all=1`, in every state that the person may see."""
    every = request.GET.get("all") == "1"
    return _json({"data": list(quarters.collections(person, every_state=every))})


@keyed(get=C.SEE_QUARTERS)
def cx_collection_details(request: HttpRequest, person: Person) -> HttpResponse:
    """The surveys in each quarter."""
    return _json({"data": list(quarters.details(person))})


@keyed(get=C.EXPORT_RESPONSES, post=C.IMPORT_RESPONSES)
def cx_responses(request: HttpRequest, person: Person) -> HttpResponse:
    """Answers, a page at a time; or, posted, answers to store."""
    return _stored(request, person) if request.method == "POST" else _told(request, person)


def _told(request: HttpRequest, person: Person) -> HttpResponse:
    paging = paging_of(request.GET.get("page[number]", ""), request.GET.get("page[size]", ""))
    first, last = _day(request, "start_date"), _day(request, "end_date")
    found = answers.responses(person, first, last, paging)
    asked = {name: request.GET[name] for name in _KEPT if name in request.GET}
    address = request.build_absolute_uri(request.path)
    return _json(paged(found.rows, found.total, paging, address, asked))


def _day(request: HttpRequest, name: str) -> date | None:
    text = request.GET.get(name, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Unusable(f"{name} must be a day as 2024-10-01.", field=name) from None


def _stored(request: HttpRequest, person: Person) -> HttpResponse:
    """Stores what can be stored, says what cannot; sent twice, an answer is stored once."""
    sent = schemas.read(request.body)
    by_detail: dict[int, list[int]] = {}
    for place, each in enumerate(sent):
        by_detail.setdefault(schemas.detail_of(each), []).append(place)
    surveys = {detail: survey_to_import(person, answers.survey_of(detail)) for detail in by_detail}
    told = Reconciliation()
    errors: list[dict[str, Any]] = []
    for detail, places in by_detail.items():
        report = actions.import_touchpoints(
            surveys[detail], rows=[schemas.cells(sent[each]) for each in places],
            header=[*TOUCHPOINTS_HEADER, MOMENT], day_format=_MOMENT_FORMAT,
            by=person.email, source="Touchpoints API",
        )  # fmt: skip
        for name in ("rows", "accepted", "duplicate", "rejected"):
            setattr(told, name, getattr(told, name) + getattr(report, name))
        errors += [_fault(places, each) for each in report.examples]
    counts = {name: getattr(told, name) for name in ("rows", "accepted", "duplicate", "rejected")}
    document: dict[str, Any] = {"meta": counts}
    if errors:
        document["errors"] = errors
    return _json(document, 422 if told.rejected else 201)


_FIRST_LINE = 2  # as the import numbers them


def _fault(places: list[int], example: dict[str, object]) -> dict[str, Any]:
    place = places[int(str(example["line"])) - _FIRST_LINE]
    return {
        "status": "422",
        "title": example["reason"],
        "source": {"pointer": f"/data/{place}"},
    }
