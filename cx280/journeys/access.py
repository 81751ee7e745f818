"""Who may see and draw which journey: the object, or NotFound."""

from __future__ import annotations

from django.db.models import QuerySet

from cx280.accounts.access import assignments_of, may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.agencies.queries import active
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.services.access import service_to_edit, services_where
from cx280.services.models import Journey, JourneyStep, Service

SEE, EDIT = Capability.SEE_SERVICES, Capability.EDIT_SERVICES


def journeys_to_see(person: Person) -> QuerySet[Journey]:
    """The journeys of the services the person may see."""
    return Journey.objects.filter(service__in=services_where(person, SEE))


def journey_to_see(person: Person, pk: int) -> Journey:
    """The journey; raises NotFound when the person may not see it."""
    found = journeys_to_see(person).select_related("service__owner", "map").filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such journey, or it is not one of yours.")
    return found


def journey_to_draw(person: Person, pk: int) -> Journey:
    """The journey, for whoever draws it; NotAllowed for those who only read."""
    found = journey_to_see(person, pk)
    if not may_draw(person, found):
        raise NotAllowed("Your role reads this journey and does not change it.")
    return found


def may_draw(person: Person, journey: Journey) -> bool:
    """Whether the person may change the journey."""
    return may(person, EDIT, journey.service.owner)


def service_to_draw(person: Person, code: str) -> Service:
    """The service whose journeys the person draws."""
    return service_to_edit(person, code)


def step_of(journey: Journey, pk: int) -> JourneyStep:
    """A step of the journey."""
    found = journey.steps.filter(pk=pk).first()
    if found is None:
        raise NotFound("This journey has no such step. Somebody may have removed it.")
    return found


def sees_telemetry(person: Person, journey: Journey) -> bool:
    """Whether what happens on the service's websites is the person's to see."""
    return may(person, Capability.SEE_TELEMETRY, journey.service.owner)


def sees_measures(person: Person, journey: Journey) -> bool:
    """Whether the scores of the whole service are the person's to see."""
    return may(person, Capability.SEE_MEASURES, journey.service.owner)


def journey_with_measures(person: Person, pk: int) -> Journey:
    """The journey, for whoever sees the scores of its whole service; NotFound otherwise."""
    journey = journey_to_see(person, pk)
    if not sees_measures(person, journey):
        raise NotFound("There is no such journey, or its scores are not yours to see.")
    return journey


def may_follow(person: Person, journey: Journey) -> bool:
    """Whether the person decides that answers along the journey are read together."""
    return may(person, Capability.EDIT_SURVEYS, journey.service.owner)


def journey_to_follow(person: Person, pk: int) -> Journey:
    """The journey, for whoever decides about its surveys; NotAllowed for those who only read."""
    journey = journey_to_see(person, pk)
    if not may_follow(person, journey):
        raise NotAllowed("Your role reads this journey and does not decide about its surveys.")
    return journey


def owners_to_name(service: Service) -> QuerySet[Organization]:
    """Who may own a step: the units of the service's agency, and every other agency."""
    root = f"/{service.owner.path.split('/')[1]}/"
    own = active().filter(path__startswith=root)
    return own | active().filter(parent__isnull=True)


def services_without(person: Person) -> QuerySet[Service]:
    """The services in use whose journeys the person draws and of which none is drawn yet."""
    mine = services_where(person, EDIT).filter(retired_on__isnull=True, journeys__isnull=True)
    return mine.order_by("name")


def shared_with(person: Person) -> QuerySet[Journey]:
    """Journeys of other agencies with a step of the person's agency, of which steps are shared."""
    roots = _agencies(person)
    if not roots:
        return Journey.objects.none()
    steps = JourneyStep.objects.filter(organization__path__regex=_below(roots))
    mine = Journey.objects.filter(pk__in=steps.values("journey"), steps__detail__shared=True)
    return mine.exclude(service__in=services_where(person, SEE)).distinct()


def shared_journey(person: Person, pk: int) -> Journey:
    """A journey of another agency, of which the person reads the shared steps alone."""
    found = shared_with(person).select_related("service__owner").filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such journey, or nothing of it is shared with you.")
    return found


def _agencies(person: Person) -> list[str]:
    """The paths' first parts of the agencies for which the person sees services."""
    return sorted(
        {
            each.organization.path.split("/")[1]
            for each in assignments_of(person)
            if each.organization is not None and may(person, SEE, each.organization)
        }
    )


def _below(roots: list[str]) -> str:
    return rf"^/({'|'.join(roots)})/"
