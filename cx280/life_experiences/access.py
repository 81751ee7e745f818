"""Who may see and write which life experience: the object, or NotFound."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from cx280.accounts.access import capabilities_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.kernel.problem import NotFound
from cx280.life_experiences.models import JoinedService, LifeExperience, Milestone
from cx280.services.models import Service

SEE, PROPOSE = Capability.SEE_SERVICES, Capability.EDIT_SERVICES
# OMB alone decides on what agencies propose: designated services, and life experiences.
LEAD = Capability.CONCUR


def leads(person: Person) -> bool:
    """Whether the person acts for OMB, which chooses life experiences and leads them."""
    return LEAD in capabilities_of(person)


def _roots(person: Person) -> list[int]:
    """The agencies in which the person sees services."""
    paths = organizations_where(person, SEE).values_list("path", flat=True)
    return list({int(path.split("/")[1]) for path in paths})


def experiences_to_see(person: Person) -> QuerySet[LifeExperience]:
    """Those that are designated; drafts too for OMB, and for the agencies that take part."""
    found = LifeExperience.objects.select_related("lead")
    if leads(person):
        return found
    mine = _roots(person)
    return found.filter(
        Q(designated_on__isnull=False) | Q(lead__in=mine) | Q(members__agency__in=mine)
    ).distinct()


def experience_to_see(person: Person, code: str) -> LifeExperience:
    """The life experience; raises NotFound when the person may not see it."""
    found = experiences_to_see(person).filter(code=code).first()
    if found is None:
        raise NotFound("There is no such life experience, or it is not designated yet.")
    return found


def services_to_show(person: Person, experience: LifeExperience) -> QuerySet[JoinedService]:
    """Services that are part of it; proposals only for OMB and the agency they are of."""
    found = experience.services.select_related("service__owner", "proposed_by")
    if leads(person):
        return found
    mine = organizations_where(person, SEE)
    return found.filter(Q(accepted_at__isnull=False) | Q(service__owner__in=mine))


def milestones_to_show(person: Person, experience: LifeExperience) -> QuerySet[Milestone]:
    """Milestones that stand; proposals only for OMB and those who may propose."""
    found = experience.milestones.all()
    if leads(person) or may_propose_milestones(person, experience):
        return found
    return found.filter(accepted_at__isnull=False)


def services_to_propose(person: Person, experience: LifeExperience) -> QuerySet[Service]:
    """Services the person may put forward: their own, and any for OMB; not those that are in."""
    found = Service.objects.filter(retired_on__isnull=True).exclude(
        life_experiences__experience=experience
    )
    if not leads(person):
        found = found.filter(owner__in=organizations_where(person, PROPOSE))
    return found.select_related("owner").order_by("name")


def may_propose_service(person: Person, service: Service) -> bool:
    """Whether the person puts this service forward."""
    return leads(person) or may(person, PROPOSE, service.owner)


def may_propose_milestones(person: Person, experience: LifeExperience) -> bool:
    """Whether the person writes for an agency that takes part."""
    taking_part = {each.agency_id for each in experience.members.all()} | {experience.lead_id}
    agencies = Organization.objects.filter(pk__in=[each for each in taking_part if each])
    return leads(person) or any(
        organizations_where(person, PROPOSE).filter(path__startswith=each.path).exists()
        for each in agencies
    )


def designated() -> QuerySet[LifeExperience]:
    """Those everybody may read."""
    return LifeExperience.objects.filter(designated_on__isnull=False).select_related("lead")


def designated_experience(code: str) -> LifeExperience:
    """The one everybody may read; raises NotFound where there is none."""
    found = designated().filter(code=code).first()
    if found is None:
        raise NotFound("There is no such life experience.")
    return found
