"""Where the data is and what it means, how we know, and addresses that hold nothing."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cx280.accounts.access import PUBLIC, allow
from cx280.circular.implements import implements
from cx280.kernel.problem import NotFound
from cx280.opendata import queries
from cx280.opendata.rules.dictionary import FIELDS
from cx280.opendata.rules.headline import when
from cx280.pages.caching import same_for_everybody
from cx280.reporting.queries import noise_ledger

RELEASES_A_PAGE = 50


@same_for_everybody
@allow(PUBLIC)
def data(request: HttpRequest) -> HttpResponse:
    """Where is the data, and what does it mean?"""
    reports = queries.published()
    releases = queries.releases()
    context = {
        "latest": releases.first(),
        "page": Paginator(releases, RELEASES_A_PAGE).get_page(request.GET.get("page")),
        "quarters": [(each, when(each.quarter)) for each in queries.by_quarter(reports)],
        "has_earlier": any(each.source.release is None for each in reports),
        "fields": FIELDS,
        "noise": noise_ledger(),
        "smallest": settings.CX280_SMALLEST_CELL,
        "public_address": settings.PUBLIC_ADDRESS,
        "messages": (),
    }
    return render(request, "opendata/data.html", context)


@implements("280.fn1", "280.fn2")
@same_for_everybody
@allow(PUBLIC)
def how_we_know(request: HttpRequest) -> HttpResponse:
    """How do we know, and how sure are we?"""
    context = {"smallest": settings.CX280_SMALLEST_CELL, "messages": ()}
    return render(request, "opendata/how_we_know.html", context)


@same_for_everybody
@allow(PUBLIC)
def nothing_here(request: HttpRequest, rest: str = "") -> HttpResponse:
    """An address of the API that holds nothing."""
    raise NotFound(
        "There is nothing at this address.", fix="/data/v1/ lists the addresses there are."
    )
