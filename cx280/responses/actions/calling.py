"""Takes the keys of a call, one question at a time, and stores what was given when it ends."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.crypto import salted_hmac

from cx280.accounts.models import Person
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.responses import queries
from cx280.responses.actions.entering import phone_channel
from cx280.responses.actions.offers import count_people
from cx280.responses.actions.storing import store
from cx280.responses.models import Call, CallDay, PhoneLine, Response
from cx280.responses.rules.answers import Given
from cx280.responses.rules.calls import HUNG_UP, Turn, end_of, first_state, never_heard, turn
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.rules.vocabulary import Placement

# Nobody thinks about one key for so long: the caller has hung up and nobody told us.
OVER_AFTER = timedelta(minutes=15)
# Kept after its end, so that a phone system that asks once more hears the same goodbye.
KEPT = timedelta(days=1)
_SALT = "cx280.call"


def call_id(name: str) -> uuid.UUID:
    """What a call is stored under: a keyed hash of the name that the phone system gave it."""
    return uuid.UUID(bytes=salted_hmac(_SALT, name, algorithm="sha256").digest()[:16])


def answer_call(
    version: SurveyVersion, *, name: uuid.UUID, unit_code: str, languages: list[str], now: datetime
) -> Call:
    """The call of that id: as it stands when it is known, else begun and counted as offered."""
    there = _calls().filter(pk=name).first()
    if there is not None:
        return there
    state = first_state(languages)
    try:
        with transaction.atomic():
            call = Call.objects.create(
                id=name, version=version, unit_code=unit_code, language=state.language,
                step=state.step, began_at=now, changed_at=now,
            )  # fmt: skip
            _count(call, calls=1)
            _offer(call, offered=1)
    except IntegrityError:
        return _calls().get(pk=name)  # asked for twice at this moment
    return call


def _calls() -> QuerySet[Call]:
    found = Call.objects.select_related("version__survey__service__owner")
    return found.defer("version__document", "version__findings", "version__survey__draft")


@transaction.atomic
def take_key(
    call: Call, *, step: int, tries: int, pressed: str, languages: list[str], now: datetime
) -> tuple[Call, Turn]:
    """The call after the keys, and what they did; durable before anybody is told.

    step, tries: where the phone system says the call stood. A request that comes again, or too
    late, changes nothing and finds the call as it stands.
    """
    call = _calls().select_for_update(of=("self",)).get(pk=call.pk)
    document = queries.document_of(call.version)
    if call.ended_at is not None or (call.step, call.tries) != (step, tries):
        return call, Turn(call.state)
    if pressed == HUNG_UP:
        return _end(call, now), Turn(call.state)
    done = turn(document, languages, call.state, call.answers, pressed)
    if done.asked:
        call.answers[done.asked] = done.answer
        call.asked.append(done.asked)
        if len(call.asked) == 1:
            _offer(call, started=1)
    call.language, call.step = done.state.language, done.state.step
    call.tries, call.silent, call.changed_at = done.state.tries, done.state.silent, now
    call.save()
    if call.step >= end_of(document):
        _end(call, now)
    return call, done


@transaction.atomic
def end_call(name: uuid.UUID, *, now: datetime) -> bool:
    """Whether the call was ended now; what was given so far is stored."""
    call = _calls().select_for_update(of=("self",)).filter(pk=name, ended_at=None).first()
    if call is None:
        return False
    _end(call, now)
    return True


@implements("INC-04")
def _end(call: Call, now: datetime) -> Call:
    """Stores what was given. As on the web any question may be skipped; nothing is no answer."""
    document = queries.document_of(call.version)
    given = Given(dict(call.answers), {})
    whole = call.step >= end_of(document)
    if not given.is_empty:
        store(
            call.version, token_id=call.answer_id, answers=given.answers,
            unit_code=call.unit_code, channel=_channel(call), language=call.language,
            received_at=call.changed_at,
            seconds=(call.changed_at - call.began_at).total_seconds(),
            source=Response.Source.IVR, never_heard=never_heard(document, call.asked),
        )  # fmt: skip
    _count(call, **{"declined" if given.is_empty else "whole" if whole else "partial": 1})
    call.answers, call.ended_at = {}, now
    call.save()
    return call


def finish_calls(now: datetime) -> int:
    """How many calls were ended that nobody told us the end of; old ones are forgotten."""
    Call.objects.filter(ended_at__lt=now - KEPT).delete()
    over = Call.objects.filter(ended_at=None, changed_at__lt=now - OVER_AFTER)
    return sum(end_call(name, now=now) for name in over.values_list("pk", flat=True))


def _channel(call: Call) -> str:
    return phone_channel(call.version, Channel.AUTOMATED_PHONE)


def _offer(call: Call, *, offered: int = 0, started: int = 0) -> None:
    """Counts into the survey's offers; a survey placed as a link has none (INC-33)."""
    if queries.document_of(call.version).placement is Placement.LINK:
        offered = 0
    owner = queries.owner_of(call.version)
    unit = queries.unit_for(owner, call.unit_code)
    count_people(
        call.version_id, unit=unit, channel=_channel(call), day=queries.today_of(unit or owner),
        offered=offered, started=started,
    )  # fmt: skip


def _count(call: Call, **added: int) -> None:
    zone = ZoneInfo(queries.owner_of(call.version).time_zone)
    day = call.began_at.astimezone(zone).date()
    row, _ = CallDay.objects.get_or_create(version_id=call.version_id, day=day)
    CallDay.objects.filter(pk=row.pk).update(**{name: F(name) + n for name, n in added.items()})


@transaction.atomic
def save_phone_line(survey: Survey, *, is_on: bool, wait_seconds: int, by: Person) -> PhoneLine:
    """The settings of the survey's phone line."""
    line, _ = PhoneLine.objects.update_or_create(
        survey=survey, defaults={"is_on": is_on, "wait_seconds": wait_seconds}
    )
    record(
        actor=by.email,
        action="save_phone_line",
        subject=subject_of(survey),
        organization=survey.service.owner.code,
        detail={"is_on": is_on, "wait_seconds": wait_seconds},
    )
    return line


@transaction.atomic
def change_line_secret(
    survey: Survey, *, old_for: timedelta, by: Person, now: datetime
) -> PhoneLine:
    """The line with a new secret; the old one opens calls for `old_for` more, and none before it.

    Calls that run go on: their steps are signed by themselves.
    """
    PhoneLine.objects.get_or_create(survey=survey)
    line = PhoneLine.objects.select_for_update().get(survey=survey)
    line.secret += 1
    line.old_until = now + old_for if old_for else None
    line.save(update_fields=["secret", "old_until"])
    record(
        actor=by.email,
        action="change_phone_line_secret",
        subject=subject_of(survey),
        organization=survey.service.owner.code,
        detail={"old_until": line.old_until.isoformat() if line.old_until else ""},
    )
    return line
