"""Who may see and state the burden of which journey: whoever may see or edit its service."""

from __future__ import annotations

from django.db.models import QuerySet

from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.services.access import may_edit, services_where
from cx280.services.models import Journey


def journeys_to_see(person: Person) -> QuerySet[Journey]:
    """The journeys of services the person may see that are not retired."""
    services = services_where(person, Capability.SEE_SERVICES).filter(retired_on__isnull=True)
    return Journey.objects.filter(service__in=services).select_related("service__owner")


def journey_to_see(person: Person, pk: int) -> Journey:
    """The journey; raises NotFound when its service is not one of the person's."""
    found = journeys_to_see(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such journey, or it is another agency’s.")
    return found


def journey_to_assess(person: Person, pk: int) -> Journey:
    """The journey, for whoever edits its service."""
    journey = journey_to_see(person, pk)
    if not may_edit(person, journey.service):
        raise NotAllowed("Whoever edits the service states what its journeys take of people.")
    return journey
