"""The inventory: do we know our services, and what is the first gap?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, capabilities_of, signed_in_person
from cx280.accounts.rules import Capability
from cx280.circular.edition import edition
from cx280.kernel.finding import Finding
from cx280.pages import charts
from cx280.services import access, queries
from cx280.services.models import Service
from cx280.services.rules.vocabulary import CustomerType, InteractionPath

PAGE = 50
_PARTS = {"channels", "roles", "tools", "customers", "volumes", "partners", "reviews"}
_SHOWN = {
    "errors": "With errors",
    "warnings": "With warnings",
    "review": "Review is due",
    "retired": "Retired",
}


@never_cache
@allow(Capability.SEE_SERVICES)
@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """Every service the person may see: how complete, what is wrong, where to start."""
    person = signed_in_person(request)
    mine = access.services_where(person, Capability.SEE_SERVICES).select_related("owner", "hisp")
    lines = queries.inventory(queries.active_services(mine))
    asked = {key: request.GET.get(key, "").strip() for key in _FILTERS}
    shown = _retired(mine) if asked["show"] == "retired" else lines
    shown = [line for line in shown if _matches(line, asked)]
    bureaus = queries.by_bureau(lines)
    context = {
        "lines": lines,
        "page": Paginator(shown, PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "is_filtered": any(asked.values()),
        "query": urlencode({key: value for key, value in asked.items() if value}),
        "choices": _choices(),
        "bureaus": bureaus,
        "chart": _chart(bureaus),
        **_digital(lines),
        "whole": sum(line.parts == 5 and not line.errors for line in lines),
        "with_errors": sum(bool(line.errors) for line in lines),
        **_completeness(lines),
        "reviews_due": sum(line.review_is_due for line in lines),
        "first_gap": _first_gap(lines) if Capability.EDIT_SERVICES in capabilities_of(person)
        else None,
        "may_add": Capability.EDIT_SERVICES in capabilities_of(person),
        "types": type_names(),
    }  # fmt: skip
    return render(request, "services/list.html", context)


_FILTERS = ("words", "type", "customers", "path", "show")


def type_names() -> dict[str, str]:
    """The names of the service types, by code."""
    known = {each.code: each.name for each in edition(settings.CX280_EDITION).service_types}
    return {**known, "other": "Other"}


def _choices() -> dict[str, list[tuple[str, str]]]:
    """What each filter offers."""
    return {
        "type": list(type_names().items()),
        "customers": CustomerType.choices(),
        "path": InteractionPath.choices(),
        "show": list(_SHOWN.items()),
    }


def _retired(mine: Any) -> list[queries.InventoryLine]:  # noqa: ANN401
    now = queries.active_services(mine).values("pk")
    return queries.inventory(mine.exclude(pk__in=now))


def _matches(line: queries.InventoryLine, asked: dict[str, str]) -> bool:
    words = asked["words"].casefold()
    here = line.service
    told = f"{here.name} {here.code} {here.description} {here.owner.name}".casefold()
    return (
        all(word in told for word in words.split())
        and asked["type"] in {"", here.service_type}
        and (not asked["customers"] or asked["customers"] in {a for a, _ in line.facts.customers})
        and (not asked["path"] or asked["path"] in {b for _, b in line.facts.customers})
        and (asked["show"] != "errors" or bool(line.errors))
        and (asked["show"] != "warnings" or bool(line.warnings))
        and (asked["show"] != "review" or line.review_is_due)
    )


def _chart(bureaus: Sequence[queries.BureauLine]) -> charts.Chart | None:
    """How complete the profiles are, bureau by bureau; nothing for a single one."""
    if len(bureaus) < 2:
        return None
    least = bureaus[0]
    whole = all(each.completeness.is_whole for each in bureaus)
    title = (
        "Every bureau has told the whole story of its services"
        if whole
        else f"{least.organization.name} has most left to tell"
    )
    return charts.bars(
        [
            charts.Bar(
                each.organization.name,
                each.completeness.share,
                n=each.services,
                text=f"{round(100 * each.completeness.share)} % of "
                f"{each.services} service{'' if each.services == 1 else 's'}",
            )
            for each in bureaus
        ],
        title=title,
        note="Share written of the five parts: occasion, offering, channels, roles, tools.",
        first_column="Bureau",
        value_column="Written",
        text_column="Services",
    )


def _completeness(lines: Sequence[queries.InventoryLine]) -> dict[str, object]:
    told = queries.whole_completeness(lines)
    words = f"{round(100 * told.share)} % of all five parts are written"
    return {"completeness": told, "completeness_words": words}


def _digital(lines: Sequence[queries.InventoryLine]) -> dict[str, object]:
    figures = queries.channel_figures(lines)
    share = figures["digital"] / figures["services"] if lines else 0
    words = f"{round(100 * share)} %; {figures['only_digital']} on digital ones only"
    return {"figures": figures, "digital_words": words}


def _first_gap(lines: Sequence[queries.InventoryLine]) -> tuple[Service, Finding, str] | None:
    """The worst thing to fix first: an error, then a warning, in the order of the list."""
    for found_in in ("errors", "warnings"):
        for line in lines:
            for finding in getattr(line, found_in):
                return line.service, finding, place_of(line.service, finding)
    return None


def place_of(service: Service, finding: Finding) -> str:
    """The address of the page where the finding is put right."""
    where = (finding.where or "").split("[")[0]
    if where in _PARTS:
        return reverse("services:part", args=[service.code, where])
    if where == "journeys":
        return reverse("services:service", args=[service.code]) + "#journeys"
    if where == "surveys":
        return reverse("services:service", args=[service.code])
    anchor = f"id_{where}_0" if where == "service_type" else f"id_{where}"
    return reverse("services:edit", args=[service.code]) + f"#{anchor}"
