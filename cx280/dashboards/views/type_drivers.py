"""Drivers by service type: what goes with trust in like services, and where they differ."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.circular.implements import implements
from cx280.dashboards.queries.type_drivers import TypePage, type_page
from cx280.dashboards.rules.driver_words import (
    in_sentence,
    left_out_words,
    type_headline,
    type_lead,
)
from cx280.kernel.problem import NotFound
from cx280.measures.rules.drivers import ASSOCIATION
from cx280.measures.rules.service_types import TypeFinding
from cx280.pages.charts import Chart, Row, Table, intervals
from cx280.pages.downloads import csv_response
from cx280.pages.written import number, percent
from cx280.stats.drivers import DriverImportance

_OUTCOMES = {"trust": "Trust", "satisfaction": "Satisfaction"}
_HEADER = [
    "service_type", "outcome", "driver", "service", "part_of_explained", "low", "high",
    "rank_from", "rank_to", "answers", "comparable", "note",
]  # fmt: skip


@allow(Capability.SEE_MEASURES)
def type_drivers(request: HttpRequest) -> HttpResponseBase:
    """What goes with trust, or satisfaction, over the services of one type that one may see."""
    page = type_page(
        signed_in_person(request),
        request.GET.dict(),
        settings.CX280_SMALLEST_CELL,
        timezone.now(),
    )
    finding = page.answer.finding if page.answer else None
    if request.GET.get("format"):
        if finding is None or request.GET["format"] != "csv":
            raise NotFound("There is no such file of drivers here.")
        name = f"drivers-{page.service_type}-{page.outcome}"
        return csv_response(name, _HEADER, _rows(page, finding))
    shown = finding if finding and not finding.refusal else None
    context = {
        "page": page,
        "outcomes": _OUTCOMES,
        "finding": finding,
        "title": f"What goes with {page.outcome} in services of one type?",
        "lead": type_lead(finding, page.types[page.service_type]) if finding else "",
        "chart": _chart(shown, page) if shown else None,
        "table": _by_service(shown) if shown else None,
        "left_out": [left_out_words(each, settings.CX280_SMALLEST_CELL) for each in
                     (finding.left_out if finding else ())],
        "unshared": in_sentence(finding.unshared) if finding and finding.unshared else "",
    }  # fmt: skip
    return render(request, "dashboards/type_drivers.html", context)


_SURE = {
    False: "Lines show how sure we are.",
    True: "People chose to answer: no range.",
}


def _chart(finding: TypeFinding, page: TypePage) -> Chart:
    return intervals(
        [
            Row(
                each.name,
                each.found.share,
                None if finding.self_selected else each.found.share_low,
                None if finding.self_selected else each.found.share_high,
                n=each.found.answered,
                attention=False,
            )
            for each in finding.drivers
        ],
        title=type_headline(finding, page.types[page.service_type]),
        note=f"Part of what the drivers explain of {finding.outcome}, between people of one "
        f"service. {_SURE[finding.self_selected]}",
        reference=finding.even_part,
        reference_label="an even part",
        first_column="Driver",
        key="type-drivers",
    )


def _by_service(finding: TypeFinding) -> Table:
    """A row for each service: every driver's part with its interval."""
    head = ("Service", "n", *(each.name for each in finding.drivers))
    return Table(
        head,
        tuple(
            (
                name,
                number(n),
                *(_part(each.apart[name], bare=finding.self_selected) for each in finding.drivers),
            )
            for name, n in finding.services.items()
        ),
    )


def _part(found: DriverImportance, *, bare: bool) -> str:
    if bare:
        return percent(found.share)
    return f"{percent(found.share)} ({percent(found.share_low)} to {percent(found.share_high)})"


@implements("280.4-f2")
def _rows(page: TypePage, finding: TypeFinding) -> Iterator[list[object]]:
    about = [page.service_type, finding.outcome]
    if finding.refusal:
        yield [*about, *[""] * 8, finding.key, f"{finding.refusal} {ASSOCIATION}"]
        return
    for each in finding.drivers:
        answers = finding.analysis.n if finding.analysis else 0
        for name, found, n in [("all services", each.found, answers)] + [
            (service, one, finding.services[service]) for service, one in each.apart.items()
        ]:
            ends = (round(found.share_low, 4), round(found.share_high, 4))
            yield [
                *about, each.name, name, round(found.share, 4),
                *(("", "") if finding.self_selected else ends),
                found.rank_low, found.rank_high, n, finding.key, ASSOCIATION,
            ]  # fmt: skip
