"""Who may see and write which indicators: the object, or NotFound."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from cx280.accounts.access import capabilities_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.indicators.models import Indicator, PerformanceDocument
from cx280.indicators.rules.vocabulary import Paper
from cx280.kernel.problem import NotFound
from cx280.services.models import Service

SEE, EDIT = Capability.SEE_QUARTERS, Capability.EDIT_QUARTERS


def sees_all(person: Person) -> bool:
    """Whether the person looks at all agencies: then at what is published, at nobody's drafts."""
    return Capability.SEE_GOVERNMENT in capabilities_of(person)


def _roots(organizations: QuerySet[Organization]) -> list[Organization]:
    paths = organizations.values_list("path", flat=True)
    roots = {int(path.split("/")[1]) for path in paths}
    return list(Organization.objects.filter(pk__in=roots).order_by("name"))


def agencies_to_see(person: Person) -> list[Organization]:
    """The agencies in which the person works; none for who sees all."""
    return [] if sees_all(person) else _roots(organizations_where(person, SEE))


def agency_to_see(person: Person, code: str) -> Organization:
    """The agency of that code; raises NotFound where the person does not work in it."""
    for each in agencies_to_see(person):
        if each.code == code:
            return each
    raise NotFound("There is no such agency, or it is not yours.")


def indicators_to_see(person: Person) -> QuerySet[Indicator]:
    """Those of the person's services, and of the whole agency for those who work in it.

    Who sees all agencies sees what is published instead, and so none here.
    """
    if sees_all(person):
        return Indicator.objects.none()
    mine = organizations_where(person, SEE)
    found = Indicator.objects.filter(
        Q(service__owner__in=mine) | Q(service__isnull=True, agency__in=agencies_to_see(person))
    )
    return found.select_related("agency", "service__owner").prefetch_related(
        "years", "redefinitions"
    )


def indicator_to_see(person: Person, pk: int) -> Indicator:
    """The indicator; raises NotFound when the person may not see it."""
    found = indicators_to_see(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such indicator, or it is not one of yours.")
    return found


def service_to_score(person: Person, code: str) -> Service:
    """The service whose scorecard the person may see: those who see its quarters."""
    mine = organizations_where(person, SEE)
    found = Service.objects.filter(owner__in=mine, code=code).select_related("owner").first()
    if found is None or sees_all(person):
        raise NotFound("There is no such service, or it is not one of yours.")
    return found


def may_write(person: Person, agency: Organization, service: Service | None) -> bool:
    """Whether the person writes indicators of the service, or of the agency as a whole."""
    return may(person, EDIT, service.owner if service else agency)


def may_change(person: Person, indicator: Indicator) -> bool:
    """Whether the person changes this one."""
    return may_write(person, indicator.agency, indicator.service)


def services_to_write(person: Person, agency: Organization) -> QuerySet[Service]:
    """The agency's services that the person may write indicators of."""
    mine = organizations_where(person, EDIT).filter(path__startswith=agency.path)
    return (
        Service.objects.filter(owner__in=mine, retired_on__isnull=True)
        .select_related("owner")
        .order_by("name")
    )


def may_publish(person: Person, agency: Organization) -> bool:
    """Whether the person is the official who publishes the agency's plan and report."""
    return may(person, Capability.CERTIFY_QUARTERS, agency)


def may_explain(person: Person, agency: Organization) -> bool:
    """Whether the person says why a warning of the agency's plan stands."""
    return may(person, EDIT, agency)


def sees_papers(person: Person, agency: Organization) -> bool:
    """Whether the person sees the agency's plan and report before they are published."""
    return not sees_all(person) and may(person, SEE, agency)


def published() -> QuerySet[PerformanceDocument]:
    """Every published plan and report; public."""
    return PerformanceDocument.objects.select_related("agency")


def published_document(agency: str, paper: str, fiscal_year: int) -> PerformanceDocument:
    """The latest published one; public. Raises NotFound when there is none."""
    known = {each.value for each in Paper}
    found = (
        published()
        .filter(agency__code=agency, paper=paper, fiscal_year=fiscal_year)
        .order_by("-number")
        .first()
        if paper in known
        else None
    )
    if found is None:
        raise NotFound("No such plan or report is published for this agency and year.")
    return found
