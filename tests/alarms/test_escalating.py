"""Who waits for others to take an incident is told of it once, whatever their pace."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cx280.accounts.rules import Role
from cx280.alarms.actions.ringing import ring
from cx280.alarms.models import Contact, Flip
from cx280.alarms.rules.vocabulary import Cause, Pace
from tests.alarms.builders import NOON, an_incident
from tests.builders import a_person, a_service


@pytest.mark.django_db
@pytest.mark.parametrize("pace", list(Pace))
def test_an_incident_that_nobody_takes_escalates_once(pace: Pace) -> None:
    """Each escalation is a flip in its history: one at every run would bury what people did."""
    service = a_service()
    a_person(Role.PROGRAM_MANAGER, service.owner)
    lead = a_person(Role.CX_LEAD, service.owner)
    Contact.objects.create(person=lead, channel="email", pace=pace.value)
    an_incident(service, seen=700.0)

    for hours in (2, 6, 7, 8):
        ring(NOON + timedelta(hours=hours))

    flips = Flip.objects.filter(cause=Cause.ESCALATED).count()
    # Whoever gathers their alarms may be told in a digest instead.
    assert flips == 1 if pace is Pace.AT_ONCE else flips <= 1
