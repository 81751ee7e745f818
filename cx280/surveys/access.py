"""Who may see, edit and open which survey: the survey, or NotFound."""

from __future__ import annotations

from django.db.models import QuerySet

from cx280.accounts.access import may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Level, Organization
from cx280.clearance.models import Collection
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.services.access import services_where
from cx280.services.models import Service
from cx280.surveys.models import OmbDiscussion, OtherCollection, Survey


def surveys_where(person: Person, capability: Capability) -> QuerySet[Survey]:
    """The surveys of services of the units for which the person may do this."""
    owners = organizations_where(person, capability)
    return Survey.objects.filter(service__owner__in=owners)


def surveys_to_share(person: Person) -> dict[int, str]:
    """The code of an open survey of each service, by the service's key, for links and posters."""
    mine = surveys_where(person, Capability.SEE_SURVEYS).filter(state=Survey.State.OPEN)
    return dict(mine.order_by("-pk").values_list("service_id", "code"))


def survey_to_see(person: Person, code: str) -> Survey:
    """The survey with that code; raises NotFound when the person may not see it."""
    return _survey(person, code, Capability.SEE_SURVEYS)


def survey_to_edit(person: Person, code: str) -> Survey:
    """The survey with that code; NotFound when unseen, NotAllowed when only to be read."""
    return _survey(person, code, Capability.EDIT_SURVEYS)


def survey_to_open(person: Person, code: str) -> Survey:
    """The survey with that code, when the person may open and close it."""
    return _survey(person, code, Capability.OPEN_SURVEYS)


def _survey(person: Person, code: str, capability: Capability) -> Survey:
    found = (
        surveys_where(person, Capability.SEE_SURVEYS)
        .select_related("service__owner", "service__hisp", "collection__clearance", "journey_step")
        .filter(code=code)
        .first()
    )
    if found is None:
        raise NotFound("There is no such survey, or it is not one of yours.")
    if not may(person, capability, found.service.owner):
        raise NotAllowed("Your role can read this survey and not change it.")
    return found


def may_edit(person: Person, survey: Survey) -> bool:
    """Whether the person may change the survey."""
    return may(person, Capability.EDIT_SURVEYS, survey.service.owner)


def may_open(person: Person, survey: Survey) -> bool:
    """Whether the person may open and close the survey."""
    return may(person, Capability.OPEN_SURVEYS, survey.service.owner)


def service_to_survey(person: Person, code: str) -> Service:
    """A service the person may start a survey for."""
    services = services_where(person, Capability.EDIT_SURVEYS).select_related("owner", "hisp")
    found = services.filter(code=code, retired_on__isnull=True).first()
    if found is None:
        raise NotFound("There is no such service, or you may not ask about it.")
    return found


def collections_for(survey_or_service: Survey | Service) -> QuerySet[Collection]:
    """The survey collections under clearances of the service's agency or a unit it stands in."""
    service = survey_or_service.service if isinstance(survey_or_service, Survey) else (
        survey_or_service
    )  # fmt: skip
    above = [int(each) for each in service.owner.path.strip("/").split("/")]
    return Collection.objects.filter(clearance__organization__in=above).select_related("clearance")


def discussions_where(person: Person, capability: Capability) -> QuerySet[OmbDiscussion]:
    """The talks with OMB of the agencies for which the person may do this, whole or in part."""
    roots = agencies_of(organizations_where(person, capability))
    return OmbDiscussion.objects.filter(agency__in=roots).select_related(
        "agency", "survey", "recorded_by"
    )


def other_collections_where(person: Person, capability: Capability) -> QuerySet[OtherCollection]:
    """The surveys elsewhere of the agencies for which the person may do this, whole or in part."""
    roots = agencies_of(organizations_where(person, capability))
    return OtherCollection.objects.filter(agency__in=roots)


def other_collection_to_change(person: Person, pk: int) -> OtherCollection:
    """The collection elsewhere with that number; NotFound unless the person keeps its plan."""
    found = OtherCollection.objects.filter(agency__in=agencies_to_record_for(person), pk=pk)
    other = found.select_related("agency").first()
    if other is None:
        raise NotFound("There is no such survey in a plan you keep.")
    return other


def agencies_to_record_for(person: Person) -> QuerySet[Organization]:
    """The agencies the person may record talks with OMB for."""
    allowed = organizations_where(person, Capability.RECORD_DISCUSSIONS)
    return agencies_of(allowed)


def agencies_of(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    """The agencies at the root of these units."""
    roots = {int(path.split("/")[1]) for path in organizations.values_list("path", flat=True)}
    return Organization.objects.filter(pk__in=roots, level=Level.DEPARTMENT)
