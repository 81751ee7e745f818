"""The 92-column file of 2021 to 2023, one row for each survey of the quarter."""

from collections.abc import Iterator

from cx280.circular.implements import implements
from cx280.pages.downloads import csv_lines
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.history.columns import COLUMNS_92
from cx280.reporting.rules.template import template_row


@implements("280.15-a1")
def template_lines(content: Content) -> Iterator[str]:
    """The file in pieces: header and rows, UTF-8 without a mark, as the field's tools expect."""
    rows = (
        template_row(content, place, f"{content.service.code}:{content.quarter}:{place}")
        for place in range(len(content.surveys))
    )
    return csv_lines(COLUMNS_92, ([row.get(name, "") for name in COLUMNS_92] for row in rows))
