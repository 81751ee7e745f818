"""/data/v1/: everything that is published, for programs; no key, reading only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Literal

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from ninja import Path, Query, Schema
from ninja.decorators import decorate_view
from pydantic import Field

from cx280.circular.glossary import glossary
from cx280.circular.implements import implements
from cx280.kernel.problem import NotFound
from cx280.kernel.quarter import Quarter
from cx280.life_experiences.access import designated
from cx280.life_experiences.queries.documents import document_of
from cx280.life_experiences.queries.experiences import whole_of
from cx280.opendata import queries, schemas
from cx280.opendata.caching import kept_for_ever
from cx280.opendata.openapi import OpenDataAPI
from cx280.opendata.queries import Wanted
from cx280.opendata.rules.dictionary import FIELDS, csv_header, csv_row, row_of
from cx280.opendata.rules.published import Figure, Published, by_service, figures_of
from cx280.pages.downloads import csv_response
from cx280.reporting import models

api = OpenDataAPI(
    title="cx280 open data",
    version="1",
    description=(
        "What people said about Federal services, as published: trust, satisfaction and what"
        " drove them. Reading only, without a key. Figures about fewer people than the smallest"
        " group that is shown are absent, and say so."
    ),
    urls_namespace="v1",
    openapi_url="/openapi.json",
    docs_url=None,  # its page would load scripts of other sites
)

Format = Literal["json", "csv"]
Code = Annotated[str | None, Field(pattern=r"^[-a-zA-Z0-9_]{1,80}$")]
Page = Annotated[int, Field(ge=1, le=100_000)]
Size = Annotated[int, Field(ge=1, le=1000)]
Number = Annotated[int, Field(ge=1, le=2_147_483_647)]


class Filters(Schema):
    """Which quarters to give; a filter left out gives everything."""

    quarter: Annotated[str | None, Field(
        pattern=r"^[Ff][Yy] ?[12][0-9]{3}[- ]?[Qq][1-4]$",
        description="Federal fiscal quarter, as FY2022-Q2.",
        examples=["FY2022-Q2"],
    )] = None  # fmt: skip
    service: Annotated[Code, Field(description="Code of a service.")] = None
    provider: Annotated[Code, Field(description="Code of a provider.")] = None

    @property
    def wanted(self) -> Wanted:
        """The filters as queries take them."""
        quarter = Quarter.parse(self.quarter) if self.quarter else None
        return Wanted(quarter=quarter, service=self.service, provider=self.provider)


class Pages(Schema):
    """Which page, how long, and as what."""

    page: Page = 1
    page_size: Size = 100
    format: Format = "json"


class MeasureFilters(Filters):
    """Filters on measures."""

    # `construct` itself is the name of a method that pydantic keeps for old code.
    about: Annotated[Code, Field(alias="construct", description="trust, satisfaction, ease …")] = (
        None
    )


@api.get("/", response=schemas.Start, operation_id="start", summary="What there is")
def start(request: HttpRequest) -> dict[str, str]:
    """The addresses of everything else."""
    names = ("releases", "services", "quarters", "measures", "dictionary", "glossary")
    here = {name: reverse(f"opendata:v1:{name}") for name in names}
    here["life_experiences"] = reverse("opendata:v1:life-experiences")
    return {**here, "openapi": reverse("opendata:v1:openapi-json")}


@api.get("/releases", response=schemas.Releases, operation_id="releases", url_name="releases",
         summary="Every release, latest first")  # fmt: skip
def releases(
    request: HttpRequest, filters: Query[Filters], pages: Query[Pages]
) -> dict[str, Any] | HttpResponseBase:
    """Releases with what replaced them. Their contents stand at their own addresses."""
    found = queries.releases(filters.wanted)
    return _listed(request, found, pages, _release_line, list(schemas.ReleaseLine.model_fields))


@api.get("/releases/{number}", response=schemas.Release, operation_id="release",
         url_name="release", summary="One release, whole; it never changes")  # fmt: skip
@decorate_view(kept_for_ever)
def release(request: HttpRequest, number: Path[Number]) -> dict[str, Any]:
    """The content as it was signed, without what few people stand behind."""
    found = _release(number)
    return {
        "number": found.number,
        "quarter": str(Quarter(found.fiscal_year, found.quarter)),
        "published_at": found.published_at,
        "source": found.source,
        "digest": found.digest,
        "replaces": found.replaces.number if found.replaces else None,
        "reason": found.reason,
        "simulated": found.simulated,
        "content": found.content,
    }


@api.get("/releases/{number}/measures.csv", operation_id="release-csv", url_name="release-csv",
         response=str, summary="The measures of one release as CSV")  # fmt: skip
def release_csv(request: HttpRequest, number: Path[Number]) -> HttpResponseBase:
    """One row for each question, as in /measures."""
    found = queries.quarter_of_release(_release(number))
    return _csv(f"cx280-release-{number}", [row_of(each) for each in figures_of(found)])


@api.get("/services", response=schemas.Services, operation_id="services", url_name="services",
         summary="Services of which something is published")  # fmt: skip
def services(
    request: HttpRequest, filters: Query[Filters], pages: Query[Pages]
) -> dict[str, Any] | HttpResponseBase:
    """By name, with the quarters there are."""
    grouped = list(by_service(queries.published(filters.wanted)).values())
    return _listed(request, grouped, pages, _service_line, list(schemas.ServiceLine.model_fields))


@api.get("/quarters", response=schemas.Quarters, operation_id="quarters", url_name="quarters",
         summary="Quarters of which something is published")  # fmt: skip
def quarters(
    request: HttpRequest, filters: Query[Filters], pages: Query[Pages]
) -> dict[str, Any] | HttpResponseBase:
    """Latest first."""
    found = queries.by_quarter(queries.published(filters.wanted))
    return _listed(request, found, pages, _quarter_line, list(schemas.QuarterLine.model_fields))


@api.get("/measures", response=schemas.Measures, operation_id="measures", url_name="measures",
         summary="One row for each question of each survey and quarter")  # fmt: skip
@implements("280.14-c2", "280.8-b9")
def measures(
    request: HttpRequest, filters: Query[MeasureFilters], pages: Query[Pages]
) -> dict[str, Any] | HttpResponseBase:
    """Compare rows only where `key` is equal. What is too small to show is null and says so."""
    if pages.format == "csv":
        return _measures_csv(filters)
    return _listed(request, _figures(filters), pages, row_of, [])


@api.get("/measures.csv", operation_id="measures-csv", url_name="measures-csv", response=str,
         summary="All measures as CSV, without pages")  # fmt: skip
def measures_csv(request: HttpRequest, filters: Query[MeasureFilters]) -> HttpResponseBase:
    """The rows of /measures as a file for spreadsheets."""
    return _measures_csv(filters)


@api.get("/life-experiences", response=schemas.LifeExperiences, operation_id="life-experiences",
         url_name="life-experiences", summary="What people go through across agencies")  # fmt: skip
def life_experiences(request: HttpRequest, pages: Query[Pages]) -> dict[str, Any]:
    """With what their services published, side by side; never an average. JSON only."""
    today = timezone.localdate()
    told = Pages(page=pages.page, page_size=pages.page_size)
    found = _listed(
        request, designated(), told, lambda each: document_of(whole_of(each, today)), []
    )
    assert isinstance(found, dict)  # noqa: S101 - as JSON was asked for
    return found


@api.get("/dictionary", response=schemas.Dictionary, operation_id="dictionary",
         url_name="dictionary", summary="What each column of the measures means")  # fmt: skip
def dictionary(request: HttpRequest) -> dict[str, Any]:
    """The data dictionary; the CSV files have the same columns."""
    return {
        "smallest_group": settings.CX280_SMALLEST_CELL,
        "items": [
            {
                "name": each.name,
                "type": each.type_name,
                "meaning": each.meaning,
                "unit": each.unit,
                "empty": each.empty,
            }
            for each in FIELDS
        ],
    }


@api.get("/glossary", response=schemas.Glossary, operation_id="glossary", url_name="glossary",
         summary="The words of the field, with the rules they come from")  # fmt: skip
@implements("280.3-a1", "280.fn3")
def words(request: HttpRequest) -> dict[str, Any]:
    """Each term, its text in our words, and the paragraphs it comes from."""
    return {
        "items": [
            {
                "term": each.term,
                "text": each.meaning,
                "source": list(each.rules),
                "cites": each.cites,
            }
            for each in glossary().values()
        ]
    }


def _release(number: int) -> models.Release:
    found = models.Release.objects.select_related("replaces").filter(number=number).first()
    if found is None:
        raise NotFound(f"There is no release {number}.")
    return found


def _figures(filters: MeasureFilters) -> list[Figure]:
    return [
        figure
        for each in queries.published(filters.wanted)
        for figure in figures_of(each)
        if filters.about in (None, figure.question.construct)
    ]


def _measures_csv(filters: MeasureFilters) -> HttpResponseBase:
    asked = (filters.quarter, filters.service, filters.provider, filters.about)
    name = "-".join(["cx280-measures", *(each for each in asked if each)])
    return _csv(name, (row_of(each) for each in _figures(filters)))


def _csv(name: str, rows: Iterable[dict[str, Any]]) -> HttpResponseBase:
    return csv_response(name, csv_header(), (csv_row(each) for each in rows))


def _listed(
    request: HttpRequest,
    things: Any,  # noqa: ANN401  a list or a QuerySet
    pages: Pages,
    line: Callable[[Any], dict[str, Any]],
    columns: Sequence[str],
) -> dict[str, Any] | HttpResponseBase:
    """A page of things as JSON; all of them as CSV."""
    if pages.format == "csv":
        rows = ([line(each)[name] for name in columns] for each in things)
        return csv_response(f"cx280-{request.path.rstrip('/').split('/')[-1]}", columns, rows)
    paginator = Paginator(things, pages.page_size)
    if pages.page > paginator.num_pages:
        raise NotFound(f"There is no page {pages.page}; the last one is {paginator.num_pages}.")
    page = paginator.page(pages.page)
    return {
        "count": paginator.count,
        "page": page.number,
        "pages": paginator.num_pages,
        "next": _next(request, page.number + 1) if page.has_next() else None,
        "items": [line(each) for each in page.object_list],
    }


def _next(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"{request.path}?{query.urlencode()}"


def _release_line(found: models.Release) -> dict[str, Any]:
    corrected = getattr(found, "replaced_by", None)
    return {
        "number": found.number,
        "quarter": str(Quarter(found.fiscal_year, found.quarter)),
        "provider": found.hisp.code,
        "provider_name": found.hisp.name,
        "service": found.service.code,
        "service_name": found.service.name,
        "source": found.source,
        "published_at": found.published_at,
        "digest": found.digest,
        "replaces": found.replaces.number if found.replaces else None,
        "reason": found.reason,
        "replaced_by": corrected.number if corrected else None,
        "simulated": found.simulated,
        "address": reverse("opendata:v1:release", args=[found.number]),
    }


def _service_line(reports: list[Published]) -> dict[str, Any]:
    latest = reports[-1].content
    return {
        "service": latest.service.code,
        "name": latest.service.name,
        "provider": latest.hisp.code,
        "provider_name": latest.hisp.name,
        "agency": latest.agency.code,
        "agency_name": latest.agency.name,
        "first_quarter": reports[0].content.quarter,
        "latest_quarter": latest.quarter,
        "quarters": len({each.content.quarter for each in reports}),
        "page": reverse("opendata:service", args=[latest.service.code]),
    }


def _quarter_line(found: queries.QuarterSum) -> dict[str, Any]:
    return {
        "quarter": str(found.quarter),
        "starts_on": found.quarter.first_day,
        "ends_on": found.quarter.last_day,
        "services": found.services,
        "measures": found.measures,
        "csv": found.csv_address,
    }
