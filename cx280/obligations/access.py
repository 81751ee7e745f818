"""Who may see and hand in which obligation: the object, or NotFound."""

from __future__ import annotations

from django.core import signing
from django.db.models import Q, QuerySet

from cx280.accounts.access import capabilities_of, may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound
from cx280.obligations.models import CalendarFeed, Obligation

_SALT = "obligations.calendar"


def obligations_to_see(person: Person) -> QuerySet[Obligation]:
    """Those of the person's providers and agency, and of services that are theirs."""
    mine = organizations_where(person, Capability.SEE_QUARTERS)
    return Obligation.objects.filter(
        Q(hisp__organization__in=mine) | Q(service__owner__in=mine) | Q(organization__in=mine)
    ).distinct()


def sees_all(person: Person) -> bool:
    """Whether the person looks at all agencies, and so at nobody's unfinished work."""
    return Capability.SEE_GOVERNMENT in capabilities_of(person)


def obligation_to_see(person: Person, pk: int) -> Obligation:
    """The obligation; raises NotFound when the person may not see it."""
    found = (
        obligations_to_see(person)
        .select_related("hisp__organization", "organization", "service__owner")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise NotFound("There is no such obligation, or it is not one of yours.")
    return found


def may_hand_in(person: Person, obligation: Obligation) -> bool:
    """Whether the person records what was handed in."""
    return may(person, Capability.SUBMIT_QUARTERS, obligation.owner)


def may_sign(person: Person, obligation: Obligation) -> bool:
    """Whether the person signs what was handed in."""
    return may(person, Capability.CERTIFY_QUARTERS, obligation.owner)


def calendar_token(feed: CalendarFeed) -> str:
    """The secret part of the feed's address."""
    return signing.dumps([feed.person_id, feed.number], salt=_SALT)


def calendar_owner(token: str) -> Person:
    """Whose calendar it is; raises NotFound for a token that is not, or no longer, good."""
    try:
        person, number = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError):
        raise NotFound("There is no such calendar.") from None
    feed = (
        CalendarFeed.objects.select_related("person")
        .filter(person=person, number=number, person__is_active=True)
        .first()
    )
    if feed is None:
        raise NotFound("This calendar has another address now. Its owner finds it at “Our year”.")
    return feed.person
