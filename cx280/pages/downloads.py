"""Files to download: CSV that no spreadsheet runs as a formula, and JSON; sent as they are made."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse

from cx280.kernel.problem import NotFound

# A spreadsheet runs what begins like this, also after white space it strips.
_FORMULA = re.compile(r"^\s*[=+\-@\t\r\n＝＋－＠]|^[\t\r\n]")
_NUMBER = re.compile(r"^[+-]?(\d+(,\d{3})*|\d*)(\.\d+)?([eE][+-]?\d+)?\s*%?$")
# So that Excel reads the file as UTF-8.
BYTE_ORDER_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
_ROWS_AT_ONCE = 500


def safe_cell(value: object) -> str:
    """The cell as text; what a spreadsheet would run gets a leading apostrophe, numbers do not."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    said = str(value)
    is_number = bool(_NUMBER.match(said)) and any(each.isdigit() for each in said)
    return f"'{said}" if _FORMULA.match(said) and not is_number else said


def safe_name(name: str, ending: str) -> str:
    """A file name of letters, digits, dots and hyphens that ends with `.ending`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = re.sub(r"[^A-Za-z0-9.]+", "-", plain.removesuffix(f".{ending}")).strip("-.")
    return f"{stem[:100].strip('-.') or 'cx280'}.{ending}"


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The file in pieces of some hundred rows, so that memory stays constant at any size."""
    buffer = _Buffer()
    writer = csv.writer(buffer)
    writer.writerow([safe_cell(each) for each in header])
    for count, row in enumerate(rows, start=1):
        writer.writerow([safe_cell(each) for each in row])
        if count % _ROWS_AT_ONCE == 0:
            yield buffer.taken()
    yield buffer.taken()


class _Buffer:
    """Where csv.writer writes, emptied piece by piece."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> int:
        self.lines.append(line)
        return len(line)

    def taken(self) -> str:
        lines, self.lines = self.lines, []
        return "".join(lines)


def csv_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """`name`.csv as a download, streamed; UTF-8 with a mark that Excel needs."""

    def pieces() -> Iterator[str]:
        yield BYTE_ORDER_MARK
        yield from csv_lines(header, rows)

    return StreamingHttpResponse(
        pieces(),
        content_type="text/csv; charset=utf-8",
        headers=_as_download(safe_name(name, "csv")),
    )


def json_response(name: str, document: Mapping[str, Any] | Sequence[Any]) -> HttpResponse:
    """`name`.json as a download, indented, letters as they are; dates and decimals as text."""
    said = json.dumps(document, ensure_ascii=False, indent=1, default=_as_text)
    return HttpResponse(
        said + "\n",
        content_type="application/json",
        headers=_as_download(safe_name(name, "json")),
    )


def json_rows_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]]
) -> StreamingHttpResponse:
    """`name`.json as a download, streamed: a list with an object a row, named by the header."""

    def pieces() -> Iterator[str]:
        lead = "["
        for row in rows:
            cells = dict(zip(header, row, strict=True))
            yield f"{lead}\n{json.dumps(cells, ensure_ascii=False, default=_as_text)}"
            lead = ","
        yield "[]\n" if lead == "[" else "\n]\n"

    return StreamingHttpResponse(
        pieces(),
        content_type="application/json",
        headers=_as_download(safe_name(name, "json")),
    )


def file_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[object]], *, form: str
) -> StreamingHttpResponse:
    """The rows as `csv` or `json`, streamed; raises NotFound for any other form."""
    forms = {"csv": csv_response, "json": json_rows_response}
    if form not in forms:
        raise NotFound("This list comes as csv or json.")
    return forms[form](name, header, rows)


def _as_text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _as_download(filename: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{filename}"',
        "X-Content-Type-Options": "nosniff",
    }
