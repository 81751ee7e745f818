"""Sends what waits: claims it, checks the clock and the rules at that moment, sends it once.

Three steps, so that a worker may be killed at any point:

1. Claimed, in one transaction under the agency's lock: contact rules are checked, the contact is
   noted, and a lease set. Killed here, the lease ends and another worker claims it.
2. Marked *in doubt*, committed, just before the message is handed to the mail server.
3. Handed over, and marked sent, or waiting again where the server did not take it.

Killed between 2 and 3, nobody can know whether the server took it. It stays in doubt: it is
counted apart and never sent again, for to write to nobody is better than to write twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from cx280.circular.implements import implements
from cx280.delivery.actions.carriers import Carrier, carriers, parts_of
from cx280.delivery.actions.counting import count_sent
from cx280.delivery.actions.deciding import Case, case_of, may_not
from cx280.delivery.models import Contact, Interaction, Invitation, OptOut
from cx280.delivery.queries.terms import Terms, terms_of
from cx280.delivery.rules.carried import Outcome
from cx280.delivery.rules.night import opens_at
from cx280.delivery.rules.phones import zones_of
from cx280.delivery.rules.timing import may_leave, minutes_between, remind_at
from cx280.delivery.rules.vocabulary import MessageChannel, PersonKind, Reason, State
from cx280.delivery.sealing import opened
from cx280.kernel.problem import Conflict
from cx280.surveys.models import Survey

log = logging.getLogger(__name__)
Clock = Callable[[], datetime]
LEASE = timedelta(minutes=5)
_AT_ONCE = 50
_TRY_AGAIN = timedelta(minutes=2)


@dataclass(slots=True)
class Sent:
    """What one round came to."""

    sent: int = 0
    bounced: int = 0
    expired: int = 0
    suppressed: int = 0
    again: int = 0
    in_doubt: int = 0
    reminded: int = 0
    later: int = 0  # it is night there


class Claimed(NamedTuple):
    """An invitation this worker holds, with the address or number it goes to."""

    invitation: Invitation
    address: str


@implements("280.10-b2", "280.10-k4")
def send_waiting(clock: Clock, *, seconds: float = 30.0) -> Sent:
    """Sends what waits, the most urgent first, for about so many seconds by mail, and as many by
    text; safe in many workers.

    clock: asked anew for every message, for a message is in time or not when it leaves.
    """
    done = Sent()
    expire(clock(), done)
    for each in carriers():
        with each as carrier:
            _send_by(carrier, clock, clock() + timedelta(seconds=seconds), done)
    return done


def _send_by(carrier: Carrier, clock: Clock, until: datetime, done: Sent) -> None:
    while clock() < until:
        survey = _most_urgent(clock(), carrier.channel)
        if survey is None or not _send_some(survey, clock, carrier, done):
            break


def expire(now: datetime, done: Sent) -> None:
    """Whatever still waits and may not leave any more is too late for good; addresses go."""
    late = Invitation.objects.filter(
        ~Q(address=""), leave_by__lt=now, interaction__state=State.WAITING
    ).filter(_free(now))
    for pk in list(late.values_list("pk", flat=True)[:5000]):
        _give_up(pk, State.WAITING, done)


def _give_up(pk: int, before: State, done: Sent) -> None:
    with transaction.atomic():
        won = _mark(pk, before, State.EXPIRED)
        if won:
            forget(pk)
            Contact.objects.filter(interaction=pk).delete()  # nobody was asked after all
        done.expired += won


def forget(pk: int) -> None:
    """Nothing more is sent about the interaction: its address is erased."""
    Invitation.objects.filter(pk=pk).update(
        address="", time_zone="", leased_until=None, remind_at=None
    )


def _free(now: datetime) -> Q:
    return Q(leased_until__isnull=True) | Q(leased_until__lt=now)


def _waiting(now: datetime, channel: MessageChannel) -> Q:
    by_day = Q(not_before__isnull=True) | Q(not_before__lte=now)
    waits = Q(interaction__state=State.WAITING, interaction__channel=channel, leave_by__gte=now)
    return _free(now) & by_day & ~Q(address="") & waits


def _most_urgent(now: datetime, channel: MessageChannel) -> Survey | None:
    first = Invitation.objects.filter(_waiting(now, channel)).order_by("leave_by").first()
    if first is None:
        return None
    surveys = Survey.objects.select_related("service__owner", "collection__clearance")
    return surveys.get(pk=first.interaction.survey_id)


def _send_some(survey: Survey, clock: Clock, carrier: Carrier, done: Sent) -> bool:
    """Claims some messages of one survey and sends them; whether there were any to claim."""
    terms = terms_of(survey)
    claimed, looked_at = _claim(survey, terms, clock(), done, carrier.channel)
    for each in claimed:
        if terms is None or not _send_one(each, survey, terms, clock, carrier, done):
            break  # the server is away: the leases end, and it is tried again
    if carrier.is_away and carrier.wait:
        _leave_alone(carrier.channel, clock() + carrier.wait)
    return looked_at > 0 and not carrier.is_away


def _leave_alone(channel: MessageChannel, until: datetime) -> None:
    """Whoever carries these asked to be left alone: nobody claims one of them before."""
    Invitation.objects.filter(
        ~Q(address=""), interaction__state=State.WAITING, interaction__channel=channel
    ).update(leased_until=until)


def _claim(
    survey: Survey, terms: Terms | None, now: datetime, done: Sent, channel: MessageChannel
) -> tuple[list[Claimed], int]:
    """Some messages this worker holds now; how many were looked at."""
    claimed: list[Claimed] = []
    with transaction.atomic():
        try:
            case = case_of(survey, now)
        except Conflict:  # a survey that lost its plan has lost its leave to ask
            return [], 0
        found = (
            Invitation.objects.filter(_waiting(now, channel), interaction__survey=survey)
            .select_related("interaction__unit", "interaction__plan")
            .order_by("leave_by", "pk")[:_AT_ONCE]
        )
        rows = list(found)
        for each in rows:
            known_as = opened(each.address).split("\n")
            reason = _why_not(case, terms, each, known_as)
            if reason:
                _suppress(each.pk, State.WAITING, reason, done)
            elif Invitation.objects.filter(_free(now), pk=each.pk).update(leased_until=now + LEASE):
                claimed.append(Claimed(each, known_as[0]))
    return claimed, len(rows)


def _why_not(
    case: Case, terms: Terms | None, invitation: Invitation, known_as: list[str]
) -> Reason | None:
    """Why it may not be sent now. Noted before by a worker that died, somebody is not noted twice:
    their own contact is no reason."""
    if terms is None or not terms.sends(invitation.interaction.channel):
        return Reason.CLOSED
    Contact.objects.filter(interaction=invitation.interaction).delete()
    somebody = case.people.somebody(PersonKind.PERSON, *known_as)
    reason = may_not(case, somebody)
    if reason is None:
        case.people.note(somebody, invitation.interaction)
    return reason


def _suppress(pk: int, before: State, reason: Reason, done: Sent) -> None:
    """Left alone for good; nobody was asked, so it is no contact either."""
    Interaction.objects.filter(pk=pk, state=before).update(state=State.SUPPRESSED, reason=reason)
    Contact.objects.filter(interaction=pk).delete()
    forget(pk)
    done.suppressed += 1


def _send_one(
    claimed: Claimed, survey: Survey, terms: Terms, clock: Clock, carrier: Carrier, done: Sent
) -> bool:
    """Sends one message, if it is still in time; False when nobody carries it now."""
    invitation = claimed.invitation
    message = carrier.invitation(survey, terms, invitation, claimed.address)
    if not carrier.is_ready():
        return False  # nothing is marked: its lease ends, and it is tried again
    if not _mark(invitation.pk, State.WAITING, State.IN_DOUBT):
        return True
    now = clock()  # after all that takes time, and just before it leaves
    ended_at = invitation.interaction.ended_at
    if not may_leave(terms.level, ended_at, invitation.leave_by, now, terms.hours):
        _give_up(invitation.pk, State.IN_DOUBT, done)
    elif carrier.channel is MessageChannel.EMAIL or _is_day(claimed, now, done):
        _settle(invitation, terms, carrier.send(message), now, parts_of(message), done)
    return not carrier.is_away


def _is_day(claimed: Claimed, now: datetime, done: Sent) -> bool:
    """Whether it is day where a text goes to. At night it waits, or is left alone for good."""
    invitation = claimed.invitation
    opens = opens_at(zones_of(claimed.address, invitation.time_zone), now)
    if opens == now:
        return True
    if opens is None or opens > invitation.leave_by:
        _suppress(invitation.pk, State.IN_DOUBT, Reason.NIGHT, done)
        return False
    with transaction.atomic():
        _mark(invitation.pk, State.IN_DOUBT, State.WAITING)
        Invitation.objects.filter(pk=invitation.pk).update(not_before=opens, leased_until=None)
    done.later += 1
    return False


def _settle(
    invitation: Invitation, terms: Terms, outcome: Outcome, now: datetime, parts: int, done: Sent
) -> None:
    """Keeps what the mail server, or the provider, made of the message."""
    if outcome is Outcome.TAKEN:
        _note_sent(invitation, terms, now, parts)
        done.sent += 1
    elif outcome is Outcome.REFUSED:
        _note_bounced(invitation)
        done.bounced += 1
    elif outcome is Outcome.STOPPED:
        _note_stopped(invitation, now, done)
    elif outcome is Outcome.LATER:
        _put_back(invitation, now)
        done.again += 1
    else:
        forget(invitation.pk)
        done.in_doubt += 1


def _mark(pk: int, before: State, after: State) -> bool:
    """Whether this worker moved the interaction on: compare and set."""
    return bool(Interaction.objects.filter(pk=pk, state=before).update(state=after))


def _note_sent(invitation: Invitation, terms: Terms, now: datetime, parts: int) -> None:
    """Keeps that it was sent. It may have come back already: then nobody was offered anything; or
    its receipt was here first and has counted it.
    """
    interaction, ended = invitation.interaction, invitation.interaction.ended_at
    reminder = remind_at(now, terms.reminder_hours(interaction.channel), invitation.leave_by)
    with transaction.atomic():
        is_first = _mark(invitation.pk, State.IN_DOUBT, State.SENT)
        if not is_first and not Interaction.objects.filter(pk=invitation.pk, state=State.SENT):
            reminder = None
        Invitation.objects.filter(pk=invitation.pk).update(
            sent_at=Coalesce(F("sent_at"), now),
            version=terms.version,
            lag_minutes=minutes_between(ended, now) if ended else None,
            remind_at=reminder,
            leased_until=None,
            parts=F("parts") + parts,
            **({} if reminder else {"address": "", "time_zone": ""}),
        )
        if is_first:
            count_sent(terms.version, interaction, now, people=1)


def _note_bounced(invitation: Invitation) -> None:
    """The server does not know the address: nobody was asked, so it is no contact either."""
    with transaction.atomic():
        _mark(invitation.pk, State.IN_DOUBT, State.BOUNCED)
        Contact.objects.filter(interaction=invitation.pk).delete()
        forget(invitation.pk)


def _note_stopped(invitation: Invitation, now: datetime, done: Sent) -> None:
    """The provider heard a STOP that we did not: it holds here as well."""
    agency = invitation.interaction.agency_id
    OptOut.objects.get_or_create(
        agency_id=agency, person=invitation.person, defaults={"said_at": now}
    )
    _suppress(invitation.pk, State.IN_DOUBT, Reason.OPTED_OUT, done)


def _put_back(invitation: Invitation, now: datetime) -> None:
    with transaction.atomic():
        _mark(invitation.pk, State.IN_DOUBT, State.WAITING)
        Invitation.objects.filter(pk=invitation.pk).update(
            tries=F("tries") + 1, leased_until=now + _TRY_AGAIN
        )
