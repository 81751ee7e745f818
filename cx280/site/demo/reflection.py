"""The yearly reflection of an agency that is no provider: one signed, one begun."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cx280.accounts.models import Assignment, Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Level, Organization
from cx280.capacity.actions.moving import sign_assessment
from cx280.capacity.actions.writing import begin_reflection
from cx280.capacity.models import Answer, Assessment, Evidence
from cx280.capacity.rules.vocabulary import Kind, Proof, Said
from cx280.kernel.quarter import fiscal_year_of

# By practice: the level, and what shows it ("" for none).
_LAST = {
    "measures": (1, "Cards in two shelters, read by hand"),
    "leaders": (1, "The deputy secretary names it among her five aims"),
    "talent": (0, ""),
    "research": (1, "Notes of twelve visits to shelters"),
    "approach": (0, ""),
}
_NOW = {
    "measures": (2, "A survey in all shelters, read each quarter"),
    "leaders": (2, "A board that meets each quarter, with its decisions"),
}


def add_reflection(code: str, today: date) -> int:
    """How many reflections there are; `code`: of the agency, which no provider belongs to."""
    agency = Organization.objects.get(code=code, level=Level.DEPARTMENT)
    since = today - timedelta(days=800)
    lead = _person("Jordan Vale", f"cx-lead@{code}.example.gov", Role.CX_LEAD, agency, since)
    official = _person(
        "Avery Stone", f"official@{code}.example.gov", Role.ACCOUNTABLE_OFFICIAL, agency, since
    )
    year = fiscal_year_of(today)
    last = begin_reflection(agency, fiscal_year=year - 1, by=lead)
    signed = timezone.make_aware(datetime.combine(date(year - 1, 9, 12), time(10)))
    _answer(last, _LAST, lead, signed - timedelta(days=9))
    sign_assessment(last, by=official, now=signed)
    _answer(begin_reflection(agency, fiscal_year=year, by=lead), _NOW, lead, timezone.now())
    return Assessment.objects.filter(kind=Kind.REFLECTION.value).count()


def _person(name: str, email: str, role: Role, agency: Organization, since: date) -> Person:
    person = Person.objects.create(name=name, email=email, simulated=True)
    Assignment.objects.create(person=person, role=role.value, organization=agency, since=since)
    return person


def _answer(
    reflection: Assessment, said: dict[str, tuple[int, str]], by: Person, at: datetime
) -> None:
    """In bulk: each level in the words of the template, with what shows it."""
    asked = [each for each in reflection.template_version.template.practices if each.code in said]
    rows = Answer.objects.bulk_create(
        Answer(assessment=reflection, code=each.code, said=Said.LEVEL.value,
               level=said[each.code][0], words=each.levels[said[each.code][0]], said_at=at,
               said_by=by)
        for each in asked
    )  # fmt: skip
    Evidence.objects.bulk_create(
        Evidence(answer=row, kind=Proof.DOCUMENT.value, words=said[row.code][1], added_at=at,
                 added_by=by)
        for row in rows
        if said[row.code][1]
    )  # fmt: skip
