"""Sends the one reminder, inside the same hours, to those who were invited and did not say no."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F, Q

from cx280.circular.implements import implements
from cx280.delivery.actions.carriers import Carrier, carriers, parts_of
from cx280.delivery.actions.people import Register
from cx280.delivery.actions.sending import Clock, Sent, forget
from cx280.delivery.models import Invitation
from cx280.delivery.queries.terms import Terms, terms_of
from cx280.delivery.rules.carried import Outcome
from cx280.delivery.rules.night import opens_at
from cx280.delivery.rules.phones import zones_of
from cx280.delivery.rules.timing import may_leave
from cx280.delivery.rules.vocabulary import MessageChannel, PersonKind, State
from cx280.delivery.sealing import opened
from cx280.surveys.models import Survey

_AT_ONCE = 1000
_TRY_AGAIN = timedelta(minutes=2)


@implements("280.10-b2")
def send_reminders(clock: Clock) -> Sent:
    """Each due reminder is marked first and then sent: killed between, it is lost, never doubled.

    Nobody knows who has answered, so everybody who was invited gets it, and it says so.
    """
    done = Sent()
    due = _due(clock())
    for each in carriers():
        with each as carrier:
            for invitation in due:
                if invitation.interaction.channel == carrier.channel:
                    done.reminded += _remind(invitation, clock(), carrier)
    return done


def _due(now: datetime) -> list[Invitation]:
    found = Invitation.objects.filter(
        ~Q(address=""), remind_at__lte=now, reminded_at__isnull=True, interaction__state=State.SENT
    ).select_related("interaction__unit", "interaction__plan", "interaction__agency")
    return list(found.order_by("remind_at")[:_AT_ONCE])


def _remind(invitation: Invitation, now: datetime, carrier: Carrier) -> int:
    surveys = Survey.objects.select_related("service__owner", "collection__clearance")
    survey = surveys.get(pk=invitation.interaction.survey_id)
    terms = terms_of(survey)
    known_as = opened(invitation.address).split("\n")
    if terms is None or not _may(invitation, terms, known_as, now):
        forget(invitation.pk)
        return 0
    if carrier.channel is MessageChannel.SMS and not _is_day(invitation, known_as[0], now):
        return 0
    message = carrier.invitation(survey, terms, invitation, known_as[0], is_reminder=True)
    if not carrier.is_ready():
        return 0  # it stays due
    return _send(invitation, carrier, message, now)


def _may(invitation: Invitation, terms: Terms, known_as: list[str], now: datetime) -> bool:
    """Whether a reminder may still leave: in time, switched on, and nobody said no."""
    interaction = invitation.interaction
    in_time = may_leave(
        terms.level, interaction.ended_at, invitation.leave_by, now, terms.hours
    ) and terms.sends(interaction.channel)
    people = Register(interaction.agency, now)
    return in_time and not people.has_opted_out(people.somebody(PersonKind.PERSON, *known_as))


def _is_day(invitation: Invitation, number: str, now: datetime) -> bool:
    """Whether it is day where the reminder goes to; at night it waits, or nothing comes of it."""
    opens = opens_at(zones_of(number, invitation.time_zone), now)
    if opens is None or opens > invitation.leave_by:
        forget(invitation.pk)
        return False
    Invitation.objects.filter(pk=invitation.pk).update(remind_at=opens)
    return opens == now


def _send(invitation: Invitation, carrier: Carrier, message: object, now: datetime) -> int:
    """1 when this worker sent it; what was surely not taken stays due."""
    mine = Invitation.objects.filter(pk=invitation.pk)
    if not mine.filter(reminded_at__isnull=True).update(reminded_at=now):
        return 0
    if carrier.send(message) is Outcome.LATER:
        mine.update(reminded_at=None, remind_at=now + (carrier.wait or _TRY_AGAIN))
        return 0
    mine.update(parts=F("parts") + parts_of(message))
    forget(invitation.pk)
    return 1
