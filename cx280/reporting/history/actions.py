"""Storing reports of earlier quarters. Storing the same file twice changes nothing."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from django.db import transaction
from django.utils.dateparse import parse_datetime

from cx280.audit.actions import record
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding
from cx280.kernel.problem import Problem, Unusable
from cx280.measures.rules.comparability import reported_key
from cx280.reporting.history.places import Places
from cx280.reporting.models import ReportedQuestion, ReportedRow
from cx280.reporting.rules.history.columns import canonical, check_header
from cx280.reporting.rules.history.defects import defects
from cx280.reporting.rules.history.organization import put_right
from cx280.reporting.rules.history.reading import NOT_ASKED
from cx280.reporting.rules.history.row import Question, Row, read_row


@dataclass(slots=True)
class Reconciliation:
    """What became of a file's rows: each is accepted or rejected, none is lost.

    new, changed and unchanged add up to accepted. findings: how often each defect was found.
    """

    rows: int = 0
    accepted: int = 0
    rejected: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    means_checked: int = 0
    means_mismatched: int = 0
    findings: Counter[str] = field(default_factory=Counter)
    rejections: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, object]:
        """The reconciliation as the outside contract prints it, and what became of each row."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "rejected": self.rejected,
            "means_checked": self.means_checked,
            "means_mismatched": self.means_mismatched,
            "findings": dict(sorted(self.findings.items())),
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "rejections": self.rejections,
        }


def read_file(path: Path) -> Iterator[dict[str, str | None]]:
    """The rows of a CSV file of either shape; raises Unusable when it is neither."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from _rows(file)
    except UnicodeDecodeError as problem:
        raise Unusable(f"{path.name} is not UTF-8 text.", fix="Save it as CSV UTF-8.") from problem
    except (OSError, csv.Error) as problem:
        raise Unusable(f"{path.name} cannot be read: {problem}.") from problem


def _rows(file: TextIO) -> Iterator[dict[str, str | None]]:
    reader = csv.DictReader(file)
    check_header(reader.fieldnames or [])
    for row in reader:
        # Cells beyond the header stand under None; a row of blank cells is no row.
        if any(value.strip() for key, value in row.items() if key and value):
            yield {key: value for key, value in row.items() if key}


@implements("280.15-a1", "280.9-e5")
def import_rows(rows: Iterable[Mapping[str, str | None]], *, actor: str) -> Reconciliation:
    """Stores every row that has a quarter, with its findings, and says what became of each."""
    done, places = Reconciliation(), Places()
    with transaction.atomic():
        stored = {each.source_id: each for each in ReportedRow.objects.all()}
        for raw in rows:
            done.rows += 1
            _import_row(raw, done, places, stored)
        if done.new or done.changed:
            record(
                actor=actor,
                action="import_hisp_history",
                subject="reporting.ReportedRow",
                detail={"rows": done.rows, "new": done.new, "changed": done.changed},
            )
    return done


def _import_row(
    raw: Mapping[str, str | None],
    done: Reconciliation,
    places: Places,
    stored: dict[str, ReportedRow],
) -> None:
    cells, swapped = put_right(canonical(raw))
    try:
        row = read_row(cells)
    except Problem as problem:
        done.rejected += 1
        done.rejections.append(f"row {done.rows}: {problem.message}")
        return
    source_id = _source_id(row, stored)
    known = stored.get(source_id)
    # A file of the narrower shape must not blank out what the wider one told.
    if known is not None:
        row = read_row({**known.raw, **row.canonical})
    found = defects(row, _day(row.get("created_at")))
    _count(done, row, found, swapped=swapped)
    # What a release says stands: a file cannot change it.
    if known is not None and (known.release_id is not None or known.raw == row.canonical):
        done.unchanged += 1
        return
    stored[source_id] = _write(source_id, row, found, places, known)
    done.new += known is None
    done.changed += known is not None


def _count(done: Reconciliation, row: Row, found: list[Finding], *, swapped: bool) -> None:
    done.accepted += 1
    done.findings.update(finding.rule for finding in found)
    if swapped:
        done.findings["280.15-a1:organization-swapped"] += 1
    checked = [each for each in row.questions if each.published_mean is not None]
    done.means_checked += len(checked)
    done.means_mismatched += sum(each.published_mean != each.mean for each in checked)


def _source_id(row: Row, stored: Mapping[str, ReportedRow]) -> str:
    """`hisp:<id>`; a row without an id, or whose id another report has, is named by what it is.

    A row that was written out of a release here keeps its own name, so that it is not doubled.
    """
    given = row.get("id")[:60]
    if not given:
        return f"hisp:~{row.identity}"
    if given in stored and stored[given].release_id is not None:
        return given
    known = stored.get(f"hisp:{given}")
    if known is None or read_row(known.raw).identity == row.identity:
        return f"hisp:{given}"
    return f"hisp:{given}:{row.identity}"


def _write(
    source_id: str, row: Row, found: list[Finding], places: Places, known: ReportedRow | None
) -> ReportedRow:
    hisp, service = places.of(row)
    fields: dict[str, object] = {
        "hisp": hisp,
        "service": service,
        "fiscal_year": row.quarter.fiscal_year,
        "quarter": row.quarter.number,
        "service_provided": row.get("service_provided")[:300],
        "transaction_point": row.get("transaction_point"),
        "channel": row.channel,
        "customers": row.customers,
        "offered": row.offered,
        "respondents": row.respondents,
        "control_number": row.get("omb_control_number")[:100],
        "findings": [each.as_dict() for each in found],
        "raw": row.canonical,
        "created_at": _moment(row.get("created_at")),
        "updated_at": _moment(row.get("updated_at")),
    }
    written, _ = ReportedRow.objects.update_or_create(source_id=source_id, defaults=fields)
    if known is not None:
        written.questions.all().delete()
    ReportedQuestion.objects.bulk_create(
        _question(written, row, each)
        for each in row.questions
        if each.reading.construct != NOT_ASKED or each.answered
    )
    return written


def _question(written: ReportedRow, row: Row, question: Question) -> ReportedQuestion:
    reading = question.reading
    mean = question.mean
    return ReportedQuestion(
        row=written,
        position=question.position,
        text=" ".join(question.text.split()),
        construct=reading.construct or "additional",
        statement=reading.statement,
        wording=reading.wording or "modified",
        scale=question.scale,
        comparable=reported_key(
            construct=reading.construct or "additional",
            statement=reading.statement,
            wording=reading.wording or "modified",
            scale=question.scale,
            channel=row.channel,
            text=question.text,
        ).written[:200],
        counts=list(question.counts),
        answered=question.answered,
        agreeing=sum(question.counts[3:]),
        published_mean=question.published_mean,
        mean=float(mean) if mean is not None else None,
    )


def _moment(written: str) -> datetime | None:
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None


def _day(written: str) -> date | None:
    moment = _moment(written)
    return moment.date() if moment else None
