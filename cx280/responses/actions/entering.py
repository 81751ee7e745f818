"""Stores what staff enter for people who answered on paper or at the end of a call."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.delivery.rules.draws import draw
from cx280.kernel.problem import Conflict, NotAllowed
from cx280.responses import queries
from cx280.responses.actions.offers import count_people
from cx280.responses.actions.storing import BadAnswers, store
from cx280.responses.models import Entry, PaperBatch, Response, SecondKeying
from cx280.responses.rules.answers import faults_in
from cx280.responses.rules.entering import EntryMode, Outcome, Sheet, compare, sheet_of
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.vocabulary import Placement

# Names sheets: one number is one sheet of a survey, whatever the version.
_NAMES = uuid.UUID("7d1c9a02-33f1-4c59-8f0e-280280280280")


@transaction.atomic
def open_batch(
    version: SurveyVersion,
    *,
    unit: Organization | None,
    received_on: date,
    channel: str,
    language: str,
    handed_out: int | None,
    check_percent: int,
    by: Person,
    now: datetime,
) -> PaperBatch:
    """A batch to key into; the forms given out for it count as offers where they were counted."""
    batch = PaperBatch.objects.create(
        version=version, unit=unit, received_on=received_on, channel=channel, language=language,
        handed_out=handed_out, check_percent=check_percent, seed=secrets.token_hex(16),
        opened_by=by, opened_at=now,
    )  # fmt: skip
    if handed_out and _counts_offers(version):
        count_people(version.pk, unit=unit, channel=channel, day=received_on, offered=handed_out)
    _tell(batch, "open_paper_batch", by, {"received": str(received_on), "handed_out": handed_out})
    return batch


@transaction.atomic
def close_batch(batch: PaperBatch, *, by: Person, now: datetime) -> PaperBatch:
    """The batch, to which nothing more is added; closing twice changes nothing."""
    if PaperBatch.objects.filter(pk=batch.pk, closed_at=None).update(closed_at=now):
        _tell(batch, "close_paper_batch", by, {"sheets": batch.entries.count()})
    batch.refresh_from_db()
    return batch


def entry_id(version: SurveyVersion, number: str) -> uuid.UUID:
    """What the sheet with that number is stored under."""
    return uuid.uuid5(_NAMES, f"{version.survey_id}:{number}")


@implements("280.6-b2")
def key_sheet(batch: PaperBatch, *, number: str, sheet: Sheet, by: Person, now: datetime) -> Entry:
    """The sheet, keyed once: its answers as a response of the day it was received.

    Raises Conflict when the number was keyed before or the batch is closed, BadAnswers with each
    fault. Nothing is stored then.
    """
    if batch.closed_at is not None:
        raise Conflict("This batch is closed.", fix="Open a new batch for the forms that are left.")
    name = entry_id(batch.version, number)
    _refuse_second(name, number)
    try:
        with transaction.atomic():
            return _keyed(batch, name, number, sheet, by, now)
    except IntegrityError:
        _refuse_second(name, number)  # somebody else keyed it at this moment
        raise


def _refuse_second(name: uuid.UUID, number: str) -> None:
    there = Entry.objects.filter(pk=name).select_related("entered_by").first()
    if there is not None:
        raise Conflict(
            f"Form {number} was keyed already, by {there.entered_by} on {there.entered_at:%B %-d}.",
            fix="Put the sheet aside. If its number is misread, type the right one.",
        )


def _keyed(
    batch: PaperBatch, name: uuid.UUID, number: str, sheet: Sheet, by: Person, now: datetime
) -> Entry:
    version, outcome = batch.version, sheet.outcome
    received = min(_noon(batch), now)
    if outcome is Outcome.ANSWERED:
        store(
            version, token_id=name, answers=sheet.given.answers, comments=sheet.given.comments,
            unit_code=batch.unit.code if batch.unit else "", channel=batch.channel,
            language=batch.language, received_at=received, source=Response.Source.KEYED,
        )  # fmt: skip
    elif faults := faults_in(queries.document_of(version), sheet.given):
        raise BadAnswers(faults)
    entry = Entry.objects.create(
        id=name, version=version, batch=batch, unit=batch.unit, mode=EntryMode.PAPER,
        outcome=outcome, day=batch.received_on, form_number=number, marks=sheet.marks,
        to_check=draw(batch.seed, number) * 100 < batch.check_percent,
        response_id=name if outcome is Outcome.ANSWERED else None,
        entered_by=by, entered_at=now,
    )  # fmt: skip
    _count_started(entry, batch.channel, 1)
    _tell(entry, "key_paper_form", by, {"form": number, "outcome": outcome})
    return entry


def _noon(batch: PaperBatch) -> datetime:
    """Noon of the day it was received: in every time zone of that office the same day."""
    zone = ZoneInfo((batch.unit or queries.owner_of(batch.version)).time_zone)
    return datetime.combine(batch.received_on, time(12), tzinfo=zone)


@implements("INC-33")
def enter_call(
    version: SurveyVersion,
    *,
    token_id: uuid.UUID,
    outcome: Outcome,
    sheet: Sheet | None,
    unit: Organization | None,
    language: str,
    seconds: float | None,
    by: Person,
    now: datetime,
) -> Entry:
    """What came of the end of one call; the same page sent twice counts once.

    Every call counts as offered, also where nobody asked: leaving out callers who seem angry would
    make the rate look better than it is. Whoever answers nothing when asked has declined.
    """
    there = Entry.objects.filter(pk=token_id).first()
    if there is not None:
        return there
    if outcome is Outcome.ANSWERED and (sheet is None or sheet.given.is_empty):
        outcome = Outcome.DECLINED
    try:
        with transaction.atomic():
            return _called(version, token_id, outcome, sheet, unit, language, seconds, by, now)
    except IntegrityError:
        return Entry.objects.get(pk=token_id)  # the other send of the page was first


def _called(
    version: SurveyVersion,
    token_id: uuid.UUID,
    outcome: Outcome,
    sheet: Sheet | None,
    unit: Organization | None,
    language: str,
    seconds: float | None,
    by: Person,
    now: datetime,
) -> Entry:
    answered = sheet if outcome is Outcome.ANSWERED else None
    channel = phone_channel(version)
    if answered is not None:
        store(
            version, token_id=token_id, answers=answered.given.answers,
            comments=answered.given.comments, unit_code=unit.code if unit else "",
            channel=channel, language=language, received_at=now, seconds=seconds,
            source=Response.Source.PHONE,
        )  # fmt: skip
    zone = ZoneInfo((unit or queries.owner_of(version)).time_zone)
    entry = Entry.objects.create(
        id=token_id, version=version, unit=unit, mode=EntryMode.PHONE, outcome=outcome,
        day=now.astimezone(zone).date(), marks=answered.marks if answered else {},
        response_id=token_id if answered else None, entered_by=by, entered_at=now,
    )  # fmt: skip
    if _counts_offers(version):
        count_people(version.pk, unit=unit, channel=channel, day=entry.day, offered=1)
    if outcome is Outcome.ANSWERED:
        _count_started(entry, channel, 1)
    _tell(entry, "enter_call", by, {"outcome": outcome})
    return entry


def phone_channel(version: SurveyVersion, usual: Channel = Channel.PHONE) -> str:
    """The channel of answers by phone: the survey's own when it is one by phone."""
    by_phone = {Channel.PHONE, Channel.AUTOMATED_PHONE}
    own = version.survey.channel
    return own if own in by_phone else usual.value


def check_sheet(entry: Entry, *, sheet: Sheet, by: Person, now: datetime) -> SecondKeying:
    """The second keying of a sheet, compared with the first. The first one's answers stay.

    Raises NotAllowed for who keyed it first, Conflict when it was keyed twice already, BadAnswers.
    """
    if entry.entered_by_id == by.pk:
        raise NotAllowed("You keyed this form yourself. Somebody else keys it the second time.")
    document = queries.document_of(entry.version)
    if faults := faults_in(document, sheet.given):
        raise BadAnswers(faults)
    first = sheet_of(entry.response.answers if entry.response else {}, entry.marks)
    found = compare(document, first, sheet)
    if SecondKeying.objects.filter(entry=entry).exists():
        raise Conflict(f"Form {entry.form_number} was keyed a second time already.")
    with transaction.atomic():
        second = SecondKeying.objects.create(
            entry=entry, answers=sheet.given.answers, marks=sheet.marks,
            compared=found.compared, differing=found.differing, keyed_by=by, keyed_at=now,
        )  # fmt: skip
        detail = {"form": entry.form_number, "differing": found.differing}
        _tell(entry, "key_paper_form_again", by, detail)
    return second


@transaction.atomic
def take_back(entry: Entry, *, by: Person) -> None:
    """Removes a sheet or call that was entered wrongly, with its response and its counts."""
    channel = entry.batch.channel if entry.batch else phone_channel(entry.version)
    detail = {"form": entry.form_number, "outcome": entry.outcome, "first": entry.entered_by.email}
    _tell(entry, "take_back_entry", by, detail)
    is_call = entry.mode == EntryMode.PHONE
    if not is_call or entry.outcome == Outcome.ANSWERED:
        _count_started(entry, channel, -1)
    if is_call and _counts_offers(entry.version):
        count_people(entry.version_id, unit=entry.unit, channel=channel, day=entry.day, offered=-1)
    response = entry.response
    entry.delete()
    if response is not None:
        response.delete()


def _counts_offers(version: SurveyVersion) -> bool:
    """A survey placed as a link has no count of offers: nobody knows how many saw it (INC-33)."""
    return queries.document_of(version).placement is not Placement.LINK


def _count_started(entry: Entry, channel: str, people: int) -> None:
    count_people(entry.version_id, unit=entry.unit, channel=channel, day=entry.day, started=people)


def _tell(thing: PaperBatch | Entry, action: str, by: Person, detail: Mapping[str, object]) -> None:
    """Who entered what; never an answer or a word of it."""
    owner = queries.owner_of(thing.version)
    record(
        actor=by.email,
        action=action,
        subject=subject_of(thing),
        organization=(thing.unit or owner).code,
        detail=detail,
    )
