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

from cx280.circular.implements import implements
from cx280.delivery.actions.counting import count_sent
from cx280.delivery.actions.deciding import Case, case_of, may_not
from cx280.delivery.actions.posting import Outcome, Post
from cx280.delivery.models import Contact, Interaction, Invitation
from cx280.delivery.queries.terms import Terms, terms_of
from cx280.delivery.rules.timing import may_leave, minutes_between, remind_at
from cx280.delivery.rules.vocabulary import PersonKind, Reason, State
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


class Claimed(NamedTuple):
    """An invitation this worker holds, with the address it goes to."""

    invitation: Invitation
    address: str


@implements("280.10-b2", "280.10-k4")
def send_waiting(clock: Clock, *, seconds: float = 30.0) -> Sent:
    """Sends what waits, the most urgent first, for about so many seconds; safe in many workers.

    clock: asked anew for every message, for a message is in time or not when it leaves.
    """
    done, until = Sent(), clock() + timedelta(seconds=seconds)
    expire(clock(), done)
    with Post() as post:
        while clock() < until:
            survey = _most_urgent(clock())
            if survey is None or not _send_some(survey, clock, post, done):
                break
    return done


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
    Invitation.objects.filter(pk=pk).update(address="", leased_until=None, remind_at=None)


def _free(now: datetime) -> Q:
    return Q(leased_until__isnull=True) | Q(leased_until__lt=now)


def _waiting(now: datetime) -> Q:
    return _free(now) & ~Q(address="") & Q(interaction__state=State.WAITING, leave_by__gte=now)


def _most_urgent(now: datetime) -> Survey | None:
    first = Invitation.objects.filter(_waiting(now)).order_by("leave_by").first()
    if first is None:
        return None
    surveys = Survey.objects.select_related("service__owner", "collection__clearance")
    return surveys.get(pk=first.interaction.survey_id)


def _send_some(survey: Survey, clock: Clock, post: Post, done: Sent) -> bool:
    """Claims some messages of one survey and sends them; whether there were any to claim."""
    terms = terms_of(survey)
    claimed, looked_at = _claim(survey, terms, clock(), done)
    for each in claimed:
        if terms is None or not _send_one(each, survey, terms, clock, post, done):
            break  # the server is away: the leases end, and it is tried again
    return looked_at > 0 and not post.is_away


def _claim(
    survey: Survey, terms: Terms | None, now: datetime, done: Sent
) -> tuple[list[Claimed], int]:
    """Some messages this worker holds now; how many were looked at."""
    claimed: list[Claimed] = []
    with transaction.atomic():
        try:
            case = case_of(survey, now)
        except Conflict:  # a survey that lost its plan has lost its leave to ask
            return [], 0
        found = (
            Invitation.objects.filter(_waiting(now), interaction__survey=survey)
            .select_related("interaction__unit", "interaction__plan")
            .order_by("leave_by", "pk")[:_AT_ONCE]
        )
        rows = list(found)
        for each in rows:
            address = opened(each.address)
            reason = _why_not(case, terms, each, address)
            if reason:
                _suppress(each.pk, reason)
                done.suppressed += 1
            elif Invitation.objects.filter(_free(now), pk=each.pk).update(leased_until=now + LEASE):
                claimed.append(Claimed(each, address))
    return claimed, len(rows)


def _why_not(
    case: Case, terms: Terms | None, invitation: Invitation, address: str
) -> Reason | None:
    """Why it may not be sent now. Noted before by a worker that died, somebody is not noted twice:
    their own contact is no reason."""
    if terms is None or terms.mailing is None or not terms.mailing.is_on:
        return Reason.CLOSED
    Contact.objects.filter(interaction=invitation.interaction).delete()
    somebody = case.people.somebody(PersonKind.PERSON, address)
    reason = may_not(case, somebody)
    if reason is None:
        case.people.note(somebody, invitation.interaction)
    return reason


def _suppress(pk: int, reason: Reason) -> None:
    Interaction.objects.filter(pk=pk, state=State.WAITING).update(
        state=State.SUPPRESSED, reason=reason
    )
    forget(pk)


def _send_one(
    claimed: Claimed, survey: Survey, terms: Terms, clock: Clock, post: Post, done: Sent
) -> bool:
    """Sends one message, if it is still in time; False when the mail server is away."""
    invitation = claimed.invitation
    message = post.invitation(survey, terms, invitation, claimed.address)
    if not post.is_ready():
        return False  # nothing is marked: its lease ends, and it is tried again
    if not _mark(invitation.pk, State.WAITING, State.IN_DOUBT):
        return True
    now = clock()  # after all that takes time, and just before it leaves
    ended_at = invitation.interaction.ended_at
    if not may_leave(terms.level, ended_at, invitation.leave_by, now, terms.hours):
        _give_up(invitation.pk, State.IN_DOUBT, done)
        return True
    _settle(invitation, terms, post.send(message), now, done)
    return True


def _settle(
    invitation: Invitation, terms: Terms, outcome: Outcome, now: datetime, done: Sent
) -> None:
    """Keeps what the mail server made of the message."""
    if outcome is Outcome.TAKEN:
        _note_sent(invitation, terms, now)
        done.sent += 1
    elif outcome is Outcome.REFUSED:
        _note_bounced(invitation)
        done.bounced += 1
    elif outcome is Outcome.LATER:
        _put_back(invitation, now)
        done.again += 1
    else:
        forget(invitation.pk)
        done.in_doubt += 1


def _mark(pk: int, before: State, after: State) -> bool:
    """Whether this worker moved the interaction on: compare and set."""
    return bool(Interaction.objects.filter(pk=pk, state=before).update(state=after))


def _note_sent(invitation: Invitation, terms: Terms, now: datetime) -> None:
    interaction, ended = invitation.interaction, invitation.interaction.ended_at
    hours = terms.mailing.reminder_hours if terms.mailing else 0
    reminder = remind_at(now, hours, invitation.leave_by)
    with transaction.atomic():
        _mark(invitation.pk, State.IN_DOUBT, State.SENT)
        Invitation.objects.filter(pk=invitation.pk).update(
            sent_at=now,
            version=terms.version,
            lag_minutes=minutes_between(ended, now) if ended else None,
            remind_at=reminder,
            leased_until=None,
            **({} if reminder else {"address": ""}),
        )
        count_sent(terms.version, interaction.unit, now, people=1)


def _note_bounced(invitation: Invitation) -> None:
    """The server does not know the address: nobody was asked, so it is no contact either."""
    with transaction.atomic():
        _mark(invitation.pk, State.IN_DOUBT, State.BOUNCED)
        Contact.objects.filter(interaction=invitation.pk).delete()
        forget(invitation.pk)


def _put_back(invitation: Invitation, now: datetime) -> None:
    with transaction.atomic():
        _mark(invitation.pk, State.IN_DOUBT, State.WAITING)
        Invitation.objects.filter(pk=invitation.pk).update(
            tries=F("tries") + 1, leased_until=now + _TRY_AGAIN
        )
