"""The quarter or the year that an address asks for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.http import HttpRequest

from cx280.kernel.problem import Problem
from cx280.kernel.quarter import Quarter, fiscal_year_of


def asked_quarter(request: HttpRequest, quarters: Sequence[Quarter]) -> Quarter | None:
    """The quarter in the address; the newest when none, or an unreadable one, is given."""
    try:
        return Quarter.parse(request.GET.get("quarter", ""))
    except Problem:
        return next(iter(quarters), None)


def asked_year(request: HttpRequest, years: Sequence[int], today: date) -> int:
    """The fiscal year in the address, as 2023 or FY2023; else the one that runs, or the newest."""
    written = request.GET.get("year", "").upper().removeprefix("FY").strip()
    if len(written) == 4 and written.isascii() and written.isdecimal():
        return int(written)
    running = fiscal_year_of(today)
    return running if running in years else next(iter(years), running)
