"""Who may see or change whom a survey asks, and an agency's contact rules."""

from __future__ import annotations

from django.db.models import QuerySet

from cx280.accounts.access import may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.delivery.models import HandOver, Invitation, Kiosk
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.surveys.access import (
    agencies_of,
    may_edit,
    survey_to_edit,
    survey_to_see,
    surveys_where,
)
from cx280.surveys.models import Survey

__all__ = [
    "agencies_to_see",
    "agency_to_change",
    "agency_to_see",
    "hand_over_of",
    "invitation_to_report",
    "kiosk_of",
    "may_change_rules",
    "may_edit",
    "survey_to_edit",
    "survey_to_see",
]


def agencies_to_see(person: Person) -> QuerySet[Organization]:
    """The agencies of the surveys the person may see, by name."""
    return agencies_of(organizations_where(person, Capability.SEE_SURVEYS)).order_by("name")


def agency_to_see(person: Person, code: str) -> Organization:
    """The agency with that code; raises NotFound when none of its surveys are the person's."""
    found = agencies_to_see(person).filter(code=code).first()
    if found is None:
        raise NotFound("There is no such agency, or it is not yours.")
    return found


def agency_to_change(person: Person, code: str) -> Organization:
    """The agency whose contact rules the person may change: who edits surveys of all of it."""
    agency = agency_to_see(person, code)
    if not may_change_rules(person, agency):
        raise NotAllowed(
            "Contact rules hold for every survey of the agency.",
            fix="Whoever edits surveys for the whole agency, such as its CX lead, changes them.",
        )
    return agency


def may_change_rules(person: Person, agency: Organization) -> bool:
    """Whether the person may change the agency's contact rules."""
    return may(person, Capability.EDIT_SURVEYS, agency)


def hand_over_of(survey: Survey, pk: int) -> HandOver:
    """A hand-over of the survey."""
    found = HandOver.objects.filter(survey=survey, pk=pk).first()
    if found is None:
        raise NotFound("Nothing was handed over under this number.")
    return found


def kiosk_of(survey: Survey, pk: int) -> Kiosk:
    """A kiosk of the survey."""
    kiosks = Kiosk.objects.select_related("survey__service__owner", "unit")
    found = kiosks.filter(survey=survey, pk=pk).first()
    if found is None:
        raise NotFound("This survey has no such kiosk.")
    return found


def invitation_to_report(person: Person, key: str) -> Invitation:
    """The message with that key, of a survey the person may edit; NotFound otherwise."""
    found = (
        Invitation.objects.select_related(
            "interaction__unit", "interaction__agency", "version__survey__service__owner"
        )
        .filter(
            key=key,
            interaction__survey__in=surveys_where(person, Capability.EDIT_SURVEYS),
        )
        .first()
    )
    if found is None:
        raise NotFound("There is no such message, or it is not one of yours.")
    return found
