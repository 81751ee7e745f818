"""Who may read and record which talk with OMB: the object, or NotFound."""

from __future__ import annotations

from django.db.models import QuerySet

from cx280.accounts.access import capabilities_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.deep_dive.models import Briefing, Discussion, FollowUp
from cx280.kernel.problem import NotFound
from cx280.services.models import Hisp


def is_omb(person: Person) -> bool:
    """Whether the person sits on OMB's side of the table."""
    return Capability.SEE_GOVERNMENT in capabilities_of(person)


def discussions_to_see(person: Person) -> QuerySet[Discussion]:
    """The talks of the person's providers; OMB reads those of all."""
    mine = organizations_where(person, Capability.SEE_DISCUSSIONS)
    return Discussion.objects.filter(hisp__organization__in=mine).select_related(
        "hisp__organization"
    )


def discussion_to_see(person: Person, pk: int) -> Discussion:
    """The talk; raises NotFound when the person may not read it."""
    found = discussions_to_see(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such talk, or it is not one of yours.")
    return found


def follow_up_to_see(person: Person, discussion: int, pk: int) -> FollowUp:
    """A follow-up of a talk the person may read."""
    found = discussion_to_see(person, discussion).follow_ups.filter(pk=pk).first()
    if found is None:
        raise NotFound("This talk has no such follow-up.")
    return found


def briefing_to_see(person: Person, discussion: int, number: int) -> Briefing:
    """A briefing as it was handed to OMB, of a talk the person may read."""
    found = discussion_to_see(person, discussion).briefings.filter(number=number).first()
    if found is None:
        raise NotFound("No such briefing was handed over for this talk.")
    return found


def may_record(person: Person, hisp: Hisp) -> bool:
    """Whether the person plans and records talks of this provider: its CX lead, or OMB."""
    return is_omb(person) or may(person, Capability.RECORD_DISCUSSIONS, hisp.organization)


def hisps_to_record_for(person: Person) -> QuerySet[Hisp]:
    """The providers of which the person may record talks, by name."""
    found = Hisp.objects.order_by("name")
    if is_omb(person):
        return found
    mine = organizations_where(person, Capability.RECORD_DISCUSSIONS)
    return found.filter(organization__in=mine)


def may_hand_over(person: Person, hisp: Hisp) -> bool:
    """Whether the person hands a briefing to OMB for this provider."""
    return may(person, Capability.SUBMIT_QUARTERS, hisp.organization)
