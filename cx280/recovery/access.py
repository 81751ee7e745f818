"""Whose wishes to be contacted a person may read: those of the units they do it for."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from cx280.accounts.access import may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.problem import NotFound
from cx280.recovery import queries
from cx280.recovery.models import ContactWish
from cx280.surveys.models import Survey


def wishes_to_read(person: Person) -> QuerySet[ContactWish]:
    """Those about services of the person's units, and about the units themselves."""
    mine = organizations_where(person, Capability.CONTACT_CUSTOMERS)
    return queries.wishes().filter(Q(survey__service__owner__in=mine) | Q(unit__in=mine))


def wish_to_read(person: Person, pk: int) -> ContactWish:
    """The wish; raises NotFound when it is not for this person."""
    found = wishes_to_read(person).filter(pk=pk).first()
    if found is None:
        raise NotFound("Nobody asked for this, or it is not one of yours.")
    return found


def may_read_for(person: Person, survey: Survey) -> bool:
    """Whether the person contacts those who answered the survey."""
    return may(person, Capability.CONTACT_CUSTOMERS, survey.service.owner)
