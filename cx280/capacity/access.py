"""Who may see and write which assessment and which line: the object, or NotFound."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from cx280.accounts.access import capabilities_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Level, Organization
from cx280.capacity.models import Assessment, AssessmentVersion, Entry
from cx280.kernel.problem import NotFound
from cx280.services.models import Hisp
from cx280.services.queries import hisps_on


def sees_all(person: Person) -> bool:
    """Whether the person looks at all agencies, and so at what was given to OMB only."""
    return Capability.SEE_GOVERNMENT in capabilities_of(person)


def assessments_to_see(person: Person) -> QuerySet[Assessment]:
    """Those of the person’s units and what stands below; who sees all sees what was given."""
    mine = organizations_where(person, Capability.SEE_QUARTERS)
    found = Assessment.objects.filter(organization__in=mine)
    if sees_all(person):
        given = AssessmentVersion.objects.filter(given_at__isnull=False)
        found = found.filter(pk__in=given.values("assessment"))
    return found.select_related("organization", "hisp", "template_version", "signed_by")


def assessment_to_see(person: Person, pk: int) -> Assessment:
    """The assessment; raises NotFound when the person may not see it."""
    found = assessments_to_see(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such assessment, or it is not one of yours.")
    return found


def draft_to_see(person: Person, pk: int) -> Assessment:
    """The same for its working pages, which are nobody’s but the agency’s."""
    if sees_all(person):
        raise NotFound("OMB reads what was signed and handed over.")
    return assessment_to_see(person, pk)


def version_to_see(person: Person, assessment: Assessment) -> AssessmentVersion | None:
    """The latest signed version the person may read, or None."""
    versions = assessment.versions.select_related("signed_by")
    if sees_all(person):
        versions = versions.filter(given_at__isnull=False)
    return versions.order_by("-number").first()


def may_write(person: Person, assessment: Assessment) -> bool:
    """Whether the person writes it while it is a draft."""
    return may(person, Capability.EDIT_QUARTERS, assessment.organization)


def may_sign(person: Person, assessment: Assessment) -> bool:
    """Whether the person is the official who signs it."""
    return may(person, Capability.CERTIFY_QUARTERS, assessment.organization)


def may_send(person: Person, assessment: Assessment) -> bool:
    """Whether the person hands it to OMB."""
    return may(person, Capability.SUBMIT_QUARTERS, assessment.organization)


def hisps_to_assess(person: Person) -> list[Hisp]:
    """The providers the person may begin an assessment of."""
    mine = organizations_where(person, Capability.EDIT_QUARTERS)
    return hisps_on(timezone.localdate(), Hisp.objects.filter(organization__in=mine))


def agencies_to_reflect(person: Person) -> list[Organization]:
    """The agencies the person may begin a reflection of: those without a provider."""
    mine = organizations_where(person, Capability.EDIT_QUARTERS)
    roots = mine.filter(level=Level.DEPARTMENT, executive_agency=True).order_by("name")
    providing = {
        int(each.organization.path.strip("/").split("/")[0])
        for each in hisps_on(timezone.localdate())
    }
    return [each for each in roots if each.pk not in providing]


def units_of(person: Person) -> QuerySet[Organization]:
    """The units in whose registers the person may write."""
    return organizations_where(person, Capability.EDIT_QUARTERS).order_by("path")


def entries_to_see(person: Person) -> QuerySet[Entry]:
    """The lines of the person’s units that stand; OMB reads none of an agency’s own registers."""
    if sees_all(person):
        return Entry.objects.none()
    mine = organizations_where(person, Capability.SEE_QUARTERS)
    return Entry.objects.filter(Q(organization__in=mine), withdrawn_at__isnull=True).select_related(
        "organization", "service", "action", "said_by"
    )


def entry_to_see(person: Person, pk: int) -> Entry:
    """The line; raises NotFound when it is not one of the person’s."""
    found = entries_to_see(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such line, or it is not one of yours.")
    return found
