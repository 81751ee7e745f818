"""Sheets of paper and who keys them, for tests."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.responses import actions, queries
from cx280.responses.models import Entry, PaperBatch
from cx280.responses.rules.entering import read_sheet
from cx280.surveys.models import SurveyVersion
from tests.builders import a_person, a_unit
from tests.responses.visits import an_open_survey

TODAY = timezone.localdate


def owner(version: SurveyVersion) -> Organization:
    return version.survey.service.owner


def a_clerk(version: SurveyVersion, unit: Organization | None = None) -> Person:
    return a_person(Role.ENTRY_CLERK, unit or owner(version))


def a_batch(version: SurveyVersion | None = None, **fields: object) -> PaperBatch:
    """A batch of an office, received yesterday, of which nothing is keyed twice."""
    version = version or an_open_survey(placement="prompt")
    usual = {
        "unit": a_unit(owner(version)),
        "received_on": TODAY() - timedelta(days=1),
        "channel": "in_person",
        "language": "en",
        "handed_out": None,
        "check_percent": 0,
        "by": a_clerk(version),
        "now": timezone.now(),
    }
    return actions.open_batch(version, **{**usual, **fields})  # type: ignore[arg-type]


def keyed(
    batch: PaperBatch, number: str = "A-1", by: Person | None = None, /, **form: str
) -> Entry:
    """A sheet keyed into the batch."""
    document = queries.document_of(batch.version)
    sheet = read_sheet(document, {name: [each] for name, each in (form or {"trust": "4"}).items()})
    by = by or a_clerk(batch.version)
    return actions.key_sheet(batch, number=number, sheet=sheet, by=by, now=timezone.now())


def words_of(answer: object) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()
