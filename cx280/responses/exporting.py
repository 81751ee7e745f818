"""Reads responses for a file: any number of them, in the memory of two thousand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from msgspec import json

from cx280.kernel.problem import Unusable
from cx280.responses import queries
from cx280.responses.models import Comment, Response
from cx280.responses.queries.weighted import group_of, sample_of
from cx280.responses.rules.columns import Kind, kinds_of
from cx280.responses.rules.export import WEIGHT, Line, PlainTable, TouchpointsTable, about
from cx280.surveys.models import Survey, SurveyVersion

FORMATS = ("csv", "touchpoints17", "weighted")
_CHUNK = 2000
_FIELDS = (
    "id",
    "external_id",
    "version_id",
    "day",
    "unit__code",
    "unknown_unit",
    "channel",
    "language",
    "seconds",
    "source",
    "suspected",
    "customer_type",
    "stratum",
)
_read_answers = json.Decoder(dict[str, Any]).decode


def table_of(
    survey: Survey, responses: QuerySet[Response], form: str
) -> tuple[list[str], Iterator[list[object]]]:
    """The header and the rows of the survey's responses in one of FORMATS.

    The 17 columns leave out what was set apart as a robot's; the plain form says so in a column.
    """
    documents = {each.pk: queries.document_of(each) for each in _versions(survey)}
    if not documents:
        raise Unusable(f"“{survey.title}” was never open, so nobody has answered it.")
    if form == "csv":
        plain = PlainTable(documents.values())
        return plain.header, map(plain.row, lines_of(survey, responses))
    if form == "touchpoints17":
        counted = responses.filter(queries.counted())
        answered = set(counted.values_list("version_id", flat=True).distinct()) or set(documents)
        narrow = TouchpointsTable({pk: documents[pk] for pk in answered})
        return narrow.header, map(narrow.row, lines_of(survey, counted))
    if form == "weighted":
        return _weighted(survey, responses, PlainTable(documents.values()))
    if form == "parquet":
        raise Unusable(
            "Parquet is written by the command line alone.",
            fix="Use --format csv, or: cx280 export responses --format parquet.",
        )
    raise Unusable(f"There is no format “{form}”.", fix=f"Use one of: {', '.join(FORMATS)}.")


def kinds_in(survey: Survey) -> dict[str, Kind]:
    """What each column of the plain form holds, over every version of the survey."""
    return kinds_of(queries.document_of(each) for each in _versions(survey))


def _weighted(
    survey: Survey, responses: QuerySet[Response], plain: PlainTable
) -> tuple[list[str], Iterator[list[object]]]:
    """Each answer of the plan in force with its group, its weight and the people of the group.

    As `cx280 estimate --weights weight --strata group --fpc population` takes it.
    """
    sample = sample_of(survey, smallest=0)
    if sample is None:
        raise Unusable(
            f"“{survey.title}” is not open, or draws no sample.",
            fix="Choose whom it asks, or use --format csv.",
        )
    people = {group.name: max(group.handed, answers) for group, answers in sample.groups}
    counted = responses.filter(
        queries.counted(), version__closed_at__isnull=True, received_at__gte=sample.plan.since
    )

    def rows() -> Iterator[list[object]]:
        for line in lines_of(survey, counted):
            unit, unknown = str(line.about[5]), str(line.about[6])
            group = group_of(line.group, unit, unknown, sample.plan)
            if group in sample.weights:
                weight = sample.weights[group]
                yield [*plain.row(line), group or "other", weight, people[group]]

    return [*plain.header, *WEIGHT], rows()


def _versions(survey: Survey) -> QuerySet[SurveyVersion]:
    return survey.versions.defer("document", "findings").order_by("number")


def lines_of(survey: Survey, responses: QuerySet[Response]) -> Iterator[Line]:
    """Each response with its redacted comments, by version and day.

    One version after the other: then the index of versions and days gives the order, and only the
    answers of one day are ever sorted. All at once, a million would be sorted, in memory.
    """
    numbers = dict(survey.versions.values_list("pk", "number"))
    whole = responses.annotate(answers_text=Cast("answers", TextField()))
    rows = chain.from_iterable(
        whole.filter(version_id=each)
        .order_by("version_id", "day", "id")
        .values_list(*_FIELDS, "answers_text")
        .iterator(chunk_size=_CHUNK)
        for each in sorted(numbers)
    )
    with _little_memory():
        while chunk := list(islice(rows, _CHUNK)):
            comments = _comments([each[0] for each in chunk])
            for row in chunk:
                yield _line(survey.code, numbers[row[2]], row, comments)


def lines_between(
    responses: QuerySet[Response], start: int, stop: int
) -> list[tuple[Line, int, datetime]]:
    """Those from `start` to before `stop`, with their version and when each was given."""
    whole = responses.annotate(answers_text=Cast("answers", TextField()))
    fields = (*_FIELDS, "answers_text", "version__survey__code", "version__number", "received_at")
    rows = list(whole.values_list(*fields)[start:stop])
    comments = _comments([each[0] for each in rows])
    return [(_line(row[-3], row[-2], row[:-3], comments), row[2], row[-1]) for row in rows]


@contextmanager
def _little_memory() -> Iterator[None]:
    """Keeps SQLite from holding the file in this process: a long read touches every page once."""
    if connection.vendor != "sqlite":
        yield
        return
    limits = {"mmap_size": 0, "cache_size": -8192}
    with connection.cursor() as cursor:
        before = {}
        for name, limit in limits.items():
            cursor.execute(f"PRAGMA {name}")
            before[name] = (cursor.fetchone() or (0,))[0]
            cursor.execute(f"PRAGMA {name}={limit:d}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, limit in before.items():
                cursor.execute(f"PRAGMA {name}={int(limit):d}")


def _comments(ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = {}
    rows = Comment.objects.filter(response_id__in=ids).values_list(
        "response_id", "question", "text"
    )
    for response, question, text in rows:
        found.setdefault(response, {})[question] = text
    return found


def _line(
    survey: str, number: int, row: tuple[Any, ...], comments: dict[UUID, dict[str, str]]
) -> Line:
    pk, external, version, day, unit, unknown = row[:6]
    channel, language, seconds, source, suspected, customer_type, stratum, answers = row[6:]
    cells = about(
        response=pk,
        external_id=external,
        survey=survey,
        version=number,
        day=day,
        unit=unit or "",
        unknown_unit=unknown,
        channel=channel,
        language=language,
        seconds=seconds,
        source=source,
        suspected=suspected,
        customer_type=customer_type,
    )
    return Line(cells, version, _read_answers(answers), comments.get(pk, {}), stratum)
