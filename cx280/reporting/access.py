"""Who may see, write, sign, send, review and publish which quarter: the package, or NotFound."""

from django.db.models import QuerySet

from cx280.accounts.access import capabilities_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.reporting.models import Package, Release


def packages_where(person: Person, capability: Capability) -> QuerySet[Package]:
    """The packages of the services for which the person may do this.

    Who sees the whole government sees only what was sent once; `content_for` then shows the
    version that was sent, never what the agency writes at since.
    """
    found = Package.objects.filter(
        service__owner__in=organizations_where(person, capability)
    ).select_related("service__owner", "hisp", "certified_by")
    if Capability.SEE_GOVERNMENT in capabilities_of(person):
        found = found.filter(submitted_at__isnull=False)
    return found


def sees_drafts(person: Person, package: Package) -> bool:
    """Whether the person belongs to the agency, and so sees what was not sent yet."""
    return Capability.SEE_GOVERNMENT not in capabilities_of(person) and may(
        person, Capability.SEE_QUARTERS, package.service.owner
    )


def package_to_see(person: Person, pk: int) -> Package:
    """The package; raises NotFound when the person may not see it."""
    found = packages_where(person, Capability.SEE_QUARTERS).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such quarter, or it is not one of yours.")
    return found


def package_to(person: Person, capability: Capability, pk: int) -> Package:
    """The package, when the person may do this with it; NotAllowed when only to be read."""
    package = package_to_see(person, pk)
    if not may_with(person, capability, package):
        raise NotAllowed(f"Your role may not {capability.value} here.")
    return package


def may_with(person: Person, capability: Capability, package: Package) -> bool:
    """Whether the person may do this with the package."""
    return may(person, capability, package.service.owner)


def release_to_see(person: Person | None, number: int) -> Release:
    """The release with that number; releases are public."""
    found = Release.objects.select_related("service", "hisp", "replaces").filter(number=number)
    release = found.first()
    if release is None:
        raise NotFound(f"There is no release {number}.")
    return release
