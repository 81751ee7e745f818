"""/api/v1/surveys/{code}/responses: answers collected elsewhere in, answers as a file out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from typing import Any, Literal, cast

from django.http import HttpRequest, HttpResponseBase
from ninja import Path, Router

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code
from cx280.pages.downloads import csv_response
from cx280.responses import access, actions, exporting, schemas
from cx280.responses.rules.importing import Column, ImportMap, Reconciliation

router = Router(tags=["responses"])
_SEPARATOR = ";"
_MOMENT = "%Y-%m-%dT%H:%M:%S.%f%z"
_FIRST_LINE = 2  # as the import numbers them


@router.post("/surveys/{code}/responses", response=schemas.Reconciled,
             auth=needs(Capability.IMPORT_RESPONSES), operation_id="import-responses",
             summary="Bring in responses collected elsewhere")  # fmt: skip
def bring_in(request: HttpRequest, code: Path[Code], batch: schemas.Batch) -> dict[str, Any]:
    """Every response accounted for; sending the same again changes nothing.

    A question that one response of the batch names counts as shown to all of them. Send up to
    1,000 at once; larger files go through `cx280 import responses`.
    """
    person = asking_person(request)
    survey = access.survey_to_import(person, code)
    plan = _plan(batch)
    report = actions.import_responses(
        survey,
        rows=_rows(batch),
        header=sorted(plan.columns),
        plan=plan,
        by=person.email,
        source="API",
    )
    return _told(report)


@router.get("/surveys/{code}/responses.csv", auth=needs(Capability.EXPORT_RESPONSES),
            operation_id="responses-csv", response=str,
            summary="The responses of a survey as a file")  # fmt: skip
def responses_csv(
    request: HttpRequest,
    code: Path[Code],
    format: Literal["csv", "touchpoints17", "weighted"] = "csv",
) -> HttpResponseBase:
    """Streamed, any number of them, comments as redacted; of the units that are yours."""
    scope = access.scope_to(asking_person(request), Capability.EXPORT_RESPONSES, code)
    header, rows = exporting.table_of(scope.survey, scope.responses, format)
    return csv_response(f"{scope.survey.code}-{format}", header, rows)


def _plan(batch: schemas.Batch) -> ImportMap:
    """The map that reads the rows below: one column a question."""
    answered = dict.fromkeys(name for each in batch.responses for name in each.answers)
    said = dict.fromkeys(name for each in batch.responses for name in each.comments)
    return ImportMap(
        external_id="external_id",
        day="day",
        day_format=_MOMENT,
        unit="unit",
        channel="channel",
        customer_type="customer_type",
        language="language",
        answers={name: Column(column=f"answer {name}", separator=_SEPARATOR) for name in answered},
        comments={name: f"comment {name}" for name in said},
        missing=("",),
        version=batch.version,
    )


def _rows(batch: schemas.Batch) -> Iterator[dict[str, str | None]]:
    """The responses as lines of a file; the import finds the day where the service's owner is."""
    for each in batch.responses:
        yield {
            "external_id": each.external_id,
            "day": each.received_at.astimezone(UTC).strftime(_MOMENT),
            "channel": each.channel,
            "customer_type": each.customer_type,
            "unit": each.unit,
            "language": each.language,
            **{f"answer {name}": _cell(answer) for name, answer in each.answers.items()},
            **{f"comment {name}": words for name, words in each.comments.items()},
        }


def _cell(answer: schemas.Answer) -> str:
    if answer is None:
        return ""
    several = cast("list[int | str]", answer if isinstance(answer, list) else [answer])
    return _SEPARATOR.join(str(code) for code in several)


def _told(report: Reconciliation) -> dict[str, Any]:
    examples = [
        {"response": cast(int, each["line"]) - _FIRST_LINE, "reason": each["reason"]}
        for each in report.examples
    ]
    return {
        "rows": report.rows,
        "accepted": report.accepted,
        "duplicate": report.duplicate,
        "rejected": report.rejected,
        "quarantined": report.quarantined,
        "redacted": report.redacted,
        "reasons": report.reasons,
        "examples": examples,
    }
