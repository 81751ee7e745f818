"""Takes in what happened to messages later: they came back, were called unwanted, or stopped."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from django.db import transaction

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.delivery.actions.counting import count_sent
from cx280.delivery.actions.sending import forget
from cx280.delivery.models import Contact, Interaction, Invitation, OptOut
from cx280.delivery.rules.vocabulary import State

Kind = Literal["bounced", "complained"]
# So long after sending a complaint may still come; then the hash of the person is erased as well.
PERSON_KEPT = timedelta(days=30)
_STATES = {"bounced": State.BOUNCED, "complained": State.COMPLAINED}


@implements("280.10-k4")
def report(invitation: Invitation, *, kind: Kind, now: datetime) -> bool:
    """Whether the report was new. A message that came back, or is complained of, was not offered.

    Who complains is not asked again.
    """
    with transaction.atomic():
        won = Interaction.objects.filter(
            pk=invitation.pk, state__in=[State.SENT, State.IN_DOUBT]
        ).update(state=_STATES[kind])
        if not won:
            return False
        _take_off(invitation.pk)
        if kind == "bounced":
            Contact.objects.filter(interaction=invitation.pk).delete()
        elif invitation.person:
            opt_out(invitation.interaction.agency, invitation.person, now=now)
        forget(invitation.pk)
    return True


def _take_off(pk: int) -> None:
    """Read anew, for whoever sends it may just be counting it."""
    sent = Invitation.objects.select_related("interaction__unit", "version__survey__service__owner")
    found = sent.get(pk=pk)
    if found.version and found.sent_at:
        count_sent(found.version, found.interaction, found.sent_at, people=-1)


@implements("280.10-o3")
def opt_out(agency: Organization, person: str, *, now: datetime) -> None:
    """The person is not asked again by any survey of the agency; saying it twice is the same."""
    OptOut.objects.get_or_create(agency=agency, person=person, defaults={"said_at": now})


def erase_persons(now: datetime) -> int:
    """How many hashes of persons were erased from messages that nobody can complain of any more."""
    return (
        Invitation.objects.filter(sent_at__lt=now - PERSON_KEPT)
        .exclude(person="")
        .update(person="")
    )


def erase_addresses(now: datetime) -> int:
    """How many addresses were erased that nothing will be sent to any more.

    Each is erased when its message is done; this finds what a killed worker left behind.
    """
    done = Invitation.objects.exclude(address="").filter(leave_by__lt=now - timedelta(minutes=10))
    return done.exclude(interaction__state=State.WAITING).update(
        address="", time_zone="", remind_at=None
    )
