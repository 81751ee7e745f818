"""Who may see and write which research: the object, or NotFound.

What one unit of an agency learned is read by all of it, because journeys cross units (280.9-e2);
it is written by those who may for the unit. No other agency sees it.
"""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cx280.accounts.access import may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.agencies.queries import active
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.paperwork.access import studies_to_see as entries_to_see
from cx280.paperwork.models import Study
from cx280.research.models import Insight, ResearchStudy, TestRound
from cx280.services.models import Service

SEE, EDIT = Capability.SEE_RESEARCH, Capability.EDIT_RESEARCH


def agencies_where(person: Person, capability: Capability = SEE) -> QuerySet[Organization]:
    """The agencies in which the person may do this, in any unit."""
    paths = organizations_where(person, capability).values_list("path", flat=True)
    return Organization.objects.filter(pk__in={int(each.split("/")[1]) for each in paths})


def units_to_read(person: Person) -> QuerySet[Organization]:
    """Every unit of the person's agencies."""
    roots = [f"/{pk}/" for pk in agencies_where(person).values_list("pk", flat=True)]
    units = Organization.objects.none()
    for root in roots:
        units = units | Organization.objects.filter(path__startswith=root)
    return units


def agency_to_edit(person: Person) -> Organization:
    """The agency whose words and insights the person writes; the first when there are several."""
    found = agencies_where(person, EDIT).order_by("name").first()
    if found is None:
        raise NotAllowed("Your role reads research and does not write it.")
    return found


def services_to_read(person: Person) -> QuerySet[Service]:
    """The services of the person's agencies that are not retired."""
    return (
        Service.objects.filter(owner__in=units_to_read(person), retired_on__isnull=True)
        .select_related("owner")
        .order_by("name")
    )


def services_to_test(person: Person) -> QuerySet[Service]:
    """The services whose usability rounds the person writes down."""
    return services_to_read(person).filter(owner__in=organizations_where(person, EDIT))


def units_to_study(person: Person, on: date) -> QuerySet[Organization]:
    """The active units for which the person may enter a study."""
    return active(on).filter(pk__in=organizations_where(person, EDIT).values("pk"))


def entries(person: Person) -> QuerySet[Study]:
    """The studies under a clearance that research may be linked to."""
    return entries_to_see(person)


def studies_to_see(person: Person) -> QuerySet[ResearchStudy]:
    """The studies of the person's agencies."""
    return ResearchStudy.objects.filter(organization__in=units_to_read(person)).select_related(
        "organization", "entry__collection__clearance"
    )


def study_to_see(person: Person, pk: int) -> ResearchStudy:
    """The study; raises NotFound when it is another agency's."""
    found = studies_to_see(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such study, or it is another agency’s.")
    return found


def study_to_edit(person: Person, pk: int) -> ResearchStudy:
    """The study, for whoever writes research of its unit."""
    study = study_to_see(person, pk)
    if not may_edit_study(person, study):
        raise NotAllowed("Whoever does research in its unit changes this study.")
    return study


def may_edit_study(person: Person, study: ResearchStudy) -> bool:
    """Whether the person writes research of the study's unit."""
    return may(person, EDIT, study.organization)


def rounds_to_see(person: Person) -> QuerySet[TestRound]:
    """The usability rounds of the person's agencies."""
    return TestRound.objects.filter(service__owner__in=units_to_read(person)).select_related(
        "service__owner", "entry__collection__clearance"
    )


def round_to_edit(person: Person, pk: int) -> TestRound:
    """The round, for whoever writes research of its service."""
    found = rounds_to_see(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such round, or it is another agency’s.")
    if not may(person, EDIT, found.service.owner):
        raise NotAllowed("Whoever does research for its service changes this round.")
    return found


def insights_to_see(person: Person) -> QuerySet[Insight]:
    """The insights of the person's agencies."""
    return Insight.objects.filter(agency__in=agencies_where(person))


def insight_to_see(person: Person, pk: int) -> Insight:
    """The insight; raises NotFound when it is another agency's."""
    found = (
        insights_to_see(person)
        .select_related("agency", "written_by", "confirmed_by")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound("There is no such insight, or it is another agency’s.")
    return found


def insight_to_edit(person: Person, pk: int) -> Insight:
    """The insight, for whoever writes research anywhere in its agency."""
    insight = insight_to_see(person, pk)
    if not may_edit_insight(person, insight):
        raise NotAllowed("Your role reads insights and does not write them.")
    return insight


def may_edit_insight(person: Person, insight: Insight) -> bool:
    """Whether the person writes research somewhere in the insight's agency."""
    return agencies_where(person, EDIT).filter(pk=insight.agency_id).exists()
