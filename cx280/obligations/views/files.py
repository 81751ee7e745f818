"""Obligations as CSV."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

from cx280.obligations.queries.standing import Line
from cx280.pages.downloads import csv_response

HEADER = (
    "provider", "provider_name", "agency", "obligation", "name", "scope", "service", "period",
    "due", "rule_date", "act_by", "source", "state", "met_on",
)  # fmt: skip


def csv_of(lines: Iterable[Line], name: str) -> StreamingHttpResponse:
    """A row for each obligation; dates as ISO."""
    return csv_response(name, HEADER, _rows(lines))


def _rows(lines: Iterable[Line]) -> Iterator[tuple[object, ...]]:
    for each in lines:
        row = each.obligation
        yield (
            row.hisp.code if row.hisp else "", row.whole.name, row.owner.name, row.code, row.name,
            row.scope,
            row.service.code if row.service else "", row.period, row.due, row.rule_date, row.act_by,
            row.source, each.state.value, each.met_on,
        )  # fmt: skip
