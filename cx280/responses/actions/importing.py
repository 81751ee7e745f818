"""Stores the lines of a file of responses collected elsewhere; a second time changes nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable
from cx280.responses import queries
from cx280.responses.actions.concerns import LATELY, concerns_among
from cx280.responses.actions.storing import redacted
from cx280.responses.models import Comment, Concern, Response
from cx280.responses.rules.importing import (
    Around,
    Imported,
    ImportMap,
    Reconciliation,
    check_map,
    read_line,
)
from cx280.responses.rules.touchpoints17 import check_header, reading_of
from cx280.surveys.models import Survey, SurveyVersion

_BATCH = 1000
# Names responses from files: one file id is one response of one survey, whatever the version.
_NAMES = uuid.UUID("6b1f2a54-5d6c-4d7f-9a33-280280280280")


@implements("280.9-e5")
def import_responses(
    survey: Survey,
    *,
    rows: Iterable[Mapping[str, str | None]],
    header: list[str],
    plan: ImportMap,
    by: str,
    source: str,
) -> Reconciliation:
    """Every line accounted for: rows = accepted + duplicate + rejected, with each reason counted.

    A thousand lines are one transaction, so that the public never waits for a long file; a file
    that stops half way is simply imported again. by: who, for the audit. source: the file's name.
    """
    version = _version(survey, plan)
    document = queries.document_of(version)
    check_map(plan, document, header)
    report, around = Reconciliation(), _around(survey)
    units: dict[str, Organization | None] = {}
    lines = enumerate(rows, start=2)  # line 1 is the header
    while batch := list(islice(lines, _BATCH)):
        good: list[Imported] = []
        for line, row in batch:
            report.rows += 1
            read = read_line(plan, document, row, around)
            if isinstance(read, str):
                report.reject(line, read)
            else:
                good.append(read)
        _store(version, good, units, report)
    _tell(survey, version, report, by, source)
    return report


def import_touchpoints(
    survey: Survey,
    *,
    rows: Iterable[Mapping[str, str | None]],
    header: list[str],
    by: str,
    source: str,
    day: str = "",
    day_format: str = "%Y-%m-%d",
) -> Reconciliation:
    """The same for the 17 columns of Touchpoints. day: of rows that do not say theirs."""
    check_header(header)
    newest = queries.document_of(_version(survey, _NEWEST))
    reading = reading_of(newest, day_format=day_format)
    return import_responses(
        survey, rows=(reading.line(each, day) for each in rows), header=reading.header,
        plan=reading.plan, by=by, source=source,
    )  # fmt: skip


def _around(survey: Survey) -> Around:
    """A channel may be any that the service ever had: old answers came over old channels."""
    owner = survey.service.owner
    channels = survey.service.channels.values_list("channel", flat=True)
    return Around(
        queries.today_of(owner), ZoneInfo(owner.time_zone), frozenset({survey.channel, *channels})
    )


_NEWEST = ImportMap(external_id="", day="", answers={})


def _version(survey: Survey, plan: ImportMap) -> SurveyVersion:
    versions = SurveyVersion.objects.select_related("survey__service__owner").filter(survey=survey)
    found = versions.defer("document", "findings", "survey__draft").order_by("-number")
    if plan.version is not None:
        found = found.filter(number=plan.version)
    version = found.first()
    if version is None:
        raise Unusable(
            f"“{survey.title}” has no version {plan.version or 1}.",
            fix="Open the survey first: answers are stored beside the version that asked.",
        )
    return version


@transaction.atomic
def _store(
    version: SurveyVersion,
    lines: list[Imported],
    units: dict[str, Organization | None],
    report: Reconciliation,
) -> None:
    named: dict[uuid.UUID, Imported] = {}
    for each in lines:
        named.setdefault(_id_of(version.survey, each.external_id), each)
    there = set(Response.objects.filter(pk__in=list(named)).values_list("pk", flat=True))
    now = timezone.now()
    responses: list[Response] = []
    comments: list[Comment] = []
    concerns: list[Concern] = []
    for pk, line in named.items():
        if pk in there:
            continue
        response = _response(version, pk, line, _unit(version, line.unit, units), now)
        responses.append(response)
        rows = redacted(response, line.comments)
        comments += rows
        if line.day >= now.date() - LATELY:
            concerns += concerns_among(rows, line.comments, now)
    Response.objects.bulk_create(responses, batch_size=500)
    Comment.objects.bulk_create(comments, batch_size=500)
    Concern.objects.bulk_create(concerns, batch_size=500)
    report.accepted += len(responses)
    report.duplicate += len(lines) - len(responses)
    report.quarantined += sum(1 for each in responses if each.unknown_unit)
    report.redacted += sum(each.redactions for each in comments)


def _id_of(survey: Survey, external_id: str) -> uuid.UUID:
    return uuid.uuid5(_NAMES, f"{survey.pk}:{external_id}")


def _unit(
    version: SurveyVersion, code: str, units: dict[str, Organization | None]
) -> Organization | None:
    if code not in units:
        units[code] = queries.unit_for(queries.owner_of(version), code)
    return units[code]


def _response(
    version: SurveyVersion,
    pk: uuid.UUID,
    line: Imported,
    unit: Organization | None,
    now: datetime,
) -> Response:
    return Response(
        id=pk,
        version=version,
        unit=unit,
        unknown_unit="" if unit else line.unit,
        channel=line.channel or version.survey.channel,
        customer_type=line.customer_type,
        language=line.language,
        day=line.day,
        # Facts are counted from what came in since the last look; an answer with its own, older
        # moment is found by `measures.tasks.reconcile`, which compares what is stored and counted.
        received_at=min(line.moment or now, now),
        seconds=line.seconds,
        answers=line.answers,
        source=Response.Source.IMPORT,
        external_id=line.external_id,
    )


@transaction.atomic
def _tell(
    survey: Survey, version: SurveyVersion, report: Reconciliation, by: str, source: str
) -> None:
    record(
        actor=by,
        action="import_responses",
        subject=subject_of(survey),
        organization=survey.service.owner.code,
        detail={
            "file": source,
            "version": version.number,
            "rows": report.rows,
            "accepted": report.accepted,
            "duplicate": report.duplicate,
            "rejected": report.rejected,
        },
    )
