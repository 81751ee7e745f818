"""A proposal as files: the figures with their sources, and the whole of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.rules import Capability
from cx280.designation import access
from cx280.designation.queries.proposals import content_to_see
from cx280.pages.downloads import csv_response, json_response
from cx280.surveys.rules.impact import FACTORS

SEE = Capability.SEE_SERVICES
_HEADER = (
    "service", "name", "put_forward", "why", "score", "rank", "best_rank", "worst_rank",
    *(f"{factor}{part}" for factor in FACTORS for part in ("", "_low", "_high", "_source")),
    *(f"weight_{factor}" for factor in FACTORS),
)  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def impact_csv(request: HttpRequest, hisp: str, year: int) -> HttpResponseBase:
    """A row for each service: inputs with sources, weights, score and the range of its rank."""
    person = signed_in_person(request)
    found = access.proposal_to_see(person, hisp, year)
    content = content_to_see(found, signed_only=access.sees_all(person))
    why = {each["code"]: each["why"] for each in content["services"]}
    rows = [
        [
            each["code"], each["name"], each["code"] in why, why.get(each["code"], ""),
            each["score"], each["rank"], each["best_rank"], each["worst_rank"],
            *(cell for factor in FACTORS for cell in _figure(each[factor])),
            *(content["weights"][factor] for factor in FACTORS),
        ]
        for each in content["impact"]
    ]  # fmt: skip
    return csv_response(f"impact {hisp} FY{year}", _HEADER, rows)


def _figure(known: dict[str, Any] | None) -> list[Any]:
    parts = ("value", "low", "high", "source")
    return [known[part] for part in parts] if known else ["not known", None, None, ""]


@never_cache
@allow(SEE)
@require_safe
def proposal_json(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """The proposal as it was signed, or as it stands while nobody has signed it."""
    person = signed_in_person(request)
    found = access.proposal_to_see(person, hisp, year)
    content = content_to_see(found, signed_only=access.sees_all(person))
    told = {
        **content,
        "stage": found.stage,
        "signed_on": found.signed_on,
        "concurred_on": found.concurred_on,
    }
    return json_response(f"designation {hisp} FY{year}", told)
