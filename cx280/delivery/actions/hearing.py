"""Takes in what providers tell of texts and mail: receipts, and what people answer."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.circular.implements import implements
from cx280.delivery.actions.hooks import is_first
from cx280.delivery.actions.people import Register
from cx280.delivery.actions.reports import opt_out, report
from cx280.delivery.actions.settling import note_delivered
from cx280.delivery.models import Invitation, Mailing, OptOut, SentDay, TextReply
from cx280.delivery.rules.notices import Notice, NoticeKind
from cx280.delivery.rules.phones import number_of
from cx280.delivery.rules.replies import language_of_word, meaning_of
from cx280.delivery.rules.signatures import digest_of
from cx280.delivery.rules.vocabulary import PersonKind, Said
from cx280.delivery.sealing import sealed

# A confirmation that comes later is a message of its own (47 CFR 64.1200(a)(12)).
REPLY_WITHIN = timedelta(minutes=5)
_HELP_EVERY = timedelta(hours=1)


@implements("280.10-k4")
def take_notice(notice: Notice, now: datetime) -> None:
    """Keeps what a provider told. What it tells of messages that are not ours changes nothing."""
    if notice.kind is NoticeKind.RECEIVED:
        hear(notice.number, notice.words, now)
        return
    found = (
        Invitation.objects.select_related("interaction__agency").filter(key=notice.message).first()
    )
    if found is None:
        return
    if notice.kind is NoticeKind.DELIVERED:
        note_delivered(found, now)
    elif notice.kind is NoticeKind.COMPLAINED:
        report(found, kind="complained", now=now)
    elif notice.kind in {NoticeKind.FAILED, NoticeKind.STOPPED}:
        report(found, kind="bounced", now=now)
    if notice.kind is NoticeKind.STOPPED and found.person:
        opt_out(found.interaction.agency, found.person, now=now)


@implements("280.10-o3")
def hear(number: str, words: str, now: datetime) -> Said:
    """What somebody meant who texted us; what they wrote is not kept.

    STOP holds at once for every agency that texts from here, for they share the number that it was
    said to; it is confirmed once. START takes it back.
    """
    said = meaning_of(words)
    number = number_of(number, settings.CX280_PHONE_REGION)
    if not number or said is Said.OTHER:
        return said
    with transaction.atomic():
        changed = [each for each in agencies_that_text() if _note(each, number, said, now)]
        if changed:
            _owe_reply(_nearest(changed, number, now), number, said, words, now)
    return said


def agencies_that_text() -> list[Organization]:
    """The agencies of surveys that send texts, or have sent some."""
    has_texted = SentDay.objects.filter(version__survey=OuterRef("survey"), channel="sms")
    mailings = Mailing.objects.filter(Q(by_text=True) | Exists(has_texted)).select_related(
        "survey__service__owner"
    )
    found = {agency.pk: agency for agency in (agency_of(m.survey.service.owner) for m in mailings)}
    return list(found.values())


def _note(agency: Organization, number: str, said: Said, now: datetime) -> bool:
    """Whether there is something to answer: who says STOP twice is not written to again."""
    person = Register(agency, now).somebody(PersonKind.PERSON, number).lasting
    if said is Said.STOP:
        _, is_new = OptOut.objects.get_or_create(
            agency=agency, person=person, defaults={"said_at": now}
        )
        return is_new
    if said is Said.START:
        return bool(OptOut.objects.filter(agency=agency, person=person).delete()[0])
    hour = str(int(now.timestamp() // _HELP_EVERY.total_seconds()))
    return is_first(digest_of("help", person, hour), now + _HELP_EVERY)


def _nearest(agencies: list[Organization], number: str, now: datetime) -> Organization:
    """The agency that wrote to the number last, else the first."""
    by_person = {
        Register(each, now).somebody(PersonKind.PERSON, number).lasting: each for each in agencies
    }
    last = Invitation.objects.filter(person__in=by_person).order_by("-sent_at").first()
    return by_person[last.person] if last else agencies[0]


def _owe_reply(agency: Organization, number: str, said: Said, words: str, now: datetime) -> None:
    if settings.CX280_SMS_REPLIES == "provider":
        return
    person = Register(agency, now).somebody(PersonKind.PERSON, number).lasting
    last = Invitation.objects.filter(person=person).select_related("interaction").last()
    language = language_of_word(words) or (last.interaction.language if last else "")
    TextReply.objects.create(
        number=sealed(number), said=said, agency=agency, language=language,
        reply_by=now + REPLY_WITHIN,
    )  # fmt: skip
