"""A plan or report as CSV, JSON, workbook or Word document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase

from cx280.indicators.documents.workbook import workbook
from cx280.indicators.rules.content import COLUMNS, rows_of
from cx280.indicators.rules.document import document_of
from cx280.kernel.problem import NotFound
from cx280.pages.downloads import csv_response, json_response, safe_name
from cx280.paperwork.documents.docx import docx_of

_OFFICE = "application/vnd.openxmlformats-officedocument."
_TYPES = {"xlsx": f"{_OFFICE}spreadsheetml.sheet", "docx": f"{_OFFICE}wordprocessingml.document"}


def file_of(content: Mapping[str, Any], ending: str, standing: str) -> HttpResponseBase:
    """The document with that ending; raises NotFound for one that is not made."""
    name = f"{content['agency']['code']} {content['title']}"
    if ending == "csv":
        return csv_response(name, COLUMNS, rows_of(content))
    if ending == "json":
        return json_response(name, content)
    if ending not in _TYPES:
        raise NotFound("There is no such file. There are csv, json, xlsx and docx.")
    made = workbook(content) if ending == "xlsx" else docx_of(document_of(content, standing))
    return HttpResponse(
        made,
        content_type=_TYPES[ending],
        headers={
            "Content-Disposition": f'attachment; filename="{safe_name(name, ending)}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
