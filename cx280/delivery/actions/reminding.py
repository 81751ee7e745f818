"""Sends the one reminder, inside the same hours, to those who were invited and did not say no."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from cx280.circular.implements import implements
from cx280.delivery.actions.posting import Post
from cx280.delivery.actions.sending import Clock, Sent, forget
from cx280.delivery.models import Invitation, OptOut
from cx280.delivery.queries.terms import terms_of
from cx280.delivery.rules.timing import may_leave
from cx280.delivery.rules.vocabulary import State
from cx280.delivery.sealing import opened
from cx280.surveys.models import Survey

_AT_ONCE = 1000


@implements("280.10-b2")
def send_reminders(clock: Clock) -> Sent:
    """Each due reminder is marked first and then sent: killed between, it is lost, never doubled.

    Nobody knows who has answered, so everybody who was invited gets it, and it says so.
    """
    done = Sent()
    due = _due(clock())
    with Post() as post:
        for each in due:
            done.reminded += _remind(each, clock(), post)
    return done


def _due(now: datetime) -> list[Invitation]:
    found = Invitation.objects.filter(
        ~Q(address=""), remind_at__lte=now, reminded_at__isnull=True, interaction__state=State.SENT
    ).select_related("interaction__unit", "interaction__plan", "interaction__agency")
    return list(found.order_by("remind_at")[:_AT_ONCE])


def _remind(invitation: Invitation, now: datetime, post: Post) -> int:
    interaction = invitation.interaction
    surveys = Survey.objects.select_related("service__owner", "collection__clearance")
    survey = surveys.get(pk=interaction.survey_id)
    terms = terms_of(survey)
    in_time = terms is not None and may_leave(
        terms.level, interaction.ended_at, invitation.leave_by, now, terms.hours
    )
    said_no = OptOut.objects.filter(agency=interaction.agency, person=invitation.person).exists()
    if terms is None or not terms.mailing or not terms.mailing.is_on or not in_time or said_no:
        forget(invitation.pk)
        return 0
    address = opened(invitation.address)
    message = post.invitation(survey, terms, invitation, address, is_reminder=True)
    if not post.is_ready():
        return 0  # it stays due
    won = Invitation.objects.filter(pk=invitation.pk, reminded_at__isnull=True).update(
        reminded_at=now
    )
    if won:
        post.send(message)
        forget(invitation.pk)
    return won
