"""Who may see or change which telemetry: the object, or NotFound."""

from __future__ import annotations

from django.db.models import QuerySet

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.services.access import services_where
from cx280.services.models import Service
from cx280.telemetry.models import Flow, Metric, Question, Site


def services_to_see(person: Person) -> QuerySet[Service]:
    """The services in use of the units for which the person may see telemetry."""
    seen = services_where(person, Capability.SEE_TELEMETRY)
    return seen.filter(retired_on__isnull=True).select_related("owner")


def service_to_see(person: Person, code: str) -> Service:
    """The service with that code; raises NotFound when its telemetry is not the person's to see."""
    seen = services_where(person, Capability.SEE_TELEMETRY).select_related("owner")
    found = seen.filter(code=code).first()
    if found is None:
        raise NotFound("There is no such service, or it is not one of yours.")
    return found


def service_to_edit(person: Person, code: str) -> Service:
    """The service with that code; NotFound when unseen, NotAllowed when only to be read."""
    service = service_to_see(person, code)
    if not may_edit(person, service):
        raise NotAllowed("Your role can read this and not change it.")
    return service


def may_edit(person: Person, service: Service) -> bool:
    """Whether the person may change the service's sites, plan and flows."""
    return may(person, Capability.EDIT_TELEMETRY, service.owner)


def sites_to_see(person: Person) -> QuerySet[Site]:
    """The sites of services the person may see."""
    return Site.objects.filter(service__in=services_to_see(person)).select_related("service")


def site_of(service: Service, pk: int) -> Site:
    """A site of the service."""
    found = service.sites.filter(pk=pk).first()
    if found is None:
        raise NotFound("This service has no such site.")
    return found


def flow_of(service: Service, pk: int) -> Flow:
    """A flow of the service."""
    found = service.flows.select_related("replaced_by").filter(pk=pk).first()
    if found is None:
        raise NotFound("This service has no such flow.")
    return found


def question_of(service: Service, pk: int) -> Question:
    """A question of the service's measurement plan."""
    found = service.telemetry_questions.filter(pk=pk).first()
    if found is None:
        raise NotFound("The plan has no such question.")
    return found


def metric_of(service: Service, pk: int) -> Metric:
    """A metric of the service's measurement plan."""
    found = Metric.objects.select_related("question").filter(question__service=service, pk=pk)
    metric = found.first()
    if metric is None:
        raise NotFound("The plan has no such metric.")
    return metric
