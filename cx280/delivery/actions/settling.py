"""A receipt settles what was in doubt: what arrived was sent, and was offered."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from cx280.circular.implements import implements
from cx280.delivery.actions.counting import count_sent
from cx280.delivery.actions.sending import forget
from cx280.delivery.models import Interaction, Invitation
from cx280.delivery.queries.terms import terms_of
from cx280.delivery.rules.vocabulary import State
from cx280.surveys.models import Survey, SurveyVersion

# Killed between the provider's taking and our noting it, a text stands in doubt; where the line
# broke, it may even wait to be sent anew. That it arrived says more than either.
_UNSETTLED = (State.IN_DOUBT, State.WAITING)


@implements("280.10-k4")
@transaction.atomic
def note_delivered(invitation: Invitation, now: datetime) -> None:
    """Keeps that the message arrived, and counts it as offered where it was still in doubt.

    When it left nobody noted, so it has no lag; the day is that of the receipt, and never after
    the message might leave. What came back, or was never to be sent, stays as it is.
    """
    if Interaction.objects.filter(pk=invitation.pk, state__in=_UNSETTLED).update(state=State.SENT):
        _count_as_sent(invitation, now)
    arrived = Invitation.objects.filter(pk=invitation.pk, interaction__state=State.SENT)
    arrived.filter(delivered_at__isnull=True).update(delivered_at=now)


def _count_as_sent(invitation: Invitation, now: datetime) -> None:
    version = _version(invitation.interaction.survey_id)
    at = min(now, invitation.leave_by)
    mine = Invitation.objects.filter(pk=invitation.pk)
    mine.update(sent_at=at, version=version)
    if version is not None:
        count_sent(version, invitation.interaction, at, people=1)
    # Whoever holds it still is just noting the same, with the reminder; else nothing more is sent.
    if mine.filter(Q(leased_until__isnull=True) | Q(leased_until__lt=now)).exists():
        forget(invitation.pk)


def _version(survey_id: int) -> SurveyVersion | None:
    """The version that is open, else the newest: whoever sent it was killed before saying which."""
    survey = Survey.objects.select_related("service__owner").get(pk=survey_id)
    terms = terms_of(survey)
    return terms.version if terms else survey.versions.order_by("-number").first()
