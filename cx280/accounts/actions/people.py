"""Adds people, gives and ends their roles."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cx280.accounts.models import Assignment, Person
from cx280.accounts.rules import GOVERNMENT_WIDE, Role
from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.kernel.problem import Conflict, NotAllowed, Unusable


def add_person(
    *,
    email: str,
    name: str,
    by: Person | None = None,
    password: str | None = None,
    simulated: bool = False,
) -> Person:
    """The person added, without any role. Without a password they sign in by one-time links.

    `by` None means the system itself did it (a command, the demo).
    """
    address = _address(email)
    person = Person(email=address, name=_name(name), simulated=simulated)
    _put_password(person, password)
    with transaction.atomic():
        if Person.objects.filter(email__iexact=address).exists():
            raise Conflict(f"{address} is known already.", field="email")
        person.save()
        _tell(by, "add_person", person, {"name": person.name})
    return person


def change_person(person: Person, *, name: str, by: Person | None = None) -> None:
    """Gives the person another name."""
    tidy = _name(name)
    if tidy == person.name:
        return
    with transaction.atomic():
        before, person.name = person.name, tidy
        person.save(update_fields=["name"])
        _tell(by, "change_person", person, {"name": [before, tidy]})


def set_password(person: Person, *, password: str, by: Person | None = None) -> None:
    """Gives the person a password; every other session of theirs ends with the old one."""
    with transaction.atomic():
        _put_password(person, password)
        person.save(update_fields=["password"])
        _tell(by, "set_password", person, {})


def assign(
    person: Person,
    *,
    role: Role | str,
    organization: Organization | None = None,
    by: Person | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Assignment:
    """The role the person holds from `since` (today when not given) to `until`, included.

    Administrators and OMB reviewers act for the whole government: they take no organization,
    every other role takes one. Nobody gives themselves a role.
    """
    kind, start = Role(role), since or timezone.localdate()
    if by is not None and by.pk == person.pk:
        raise NotAllowed("You cannot give yourself a role; ask another administrator.")
    if (kind in GOVERNMENT_WIDE) != (organization is None):
        raise Unusable(_where_it_counts(kind), field="organization")
    if until and until < start:
        raise Unusable("The last day lies before the first.", field="until")
    with transaction.atomic():
        overlapping = (
            person.assignments.filter(role=kind, organization=organization)
            .filter(Q(until__isnull=True) | Q(until__gte=start))
            .filter(Q() if until is None else Q(since__lte=until))
        )
        if overlapping.exists():
            raise Conflict(f"{person} holds this role in that time already.", field="role")
        given = Assignment.objects.create(
            person=person, role=kind, organization=organization, since=start, until=until
        )
        told = {"role": kind, "since": start, "until": until}
        _tell(by, "assign_role", person, told, organization)
    _forget_held(person)
    return given


def end_assignment(
    assignment: Assignment, *, last_day: date | None = None, by: Person | None = None
) -> None:
    """Ends the role after its last day (yesterday when not given: it ends at once).

    A role that had not begun by then is taken back. The last administrator keeps the role.
    """
    today = timezone.localdate()
    day = last_day or date.fromordinal(today.toordinal() - 1)
    with transaction.atomic():
        person = assignment.person
        if assignment.role == Role.ADMINISTRATOR:
            _keep_an_administrator(assignment.person, today)
        told = {
            "role": assignment.role,
            "since": assignment.since,
            "until": [assignment.until, day],
        }
        if day < assignment.since:
            told["until"] = "taken back before it began"
            organization = assignment.organization
            assignment.delete()
        else:
            organization = assignment.organization
            assignment.until = day
            assignment.save(update_fields=["until"])
        _tell(by, "end_role", person, told, organization)
    _forget_held(person)


def deactivate_person(person: Person, *, by: Person | None = None) -> None:
    """Shuts the person out at once: sessions, links and keys stop working. Nothing is deleted."""
    if by is not None and by.pk == person.pk:
        raise NotAllowed("You cannot shut yourself out; ask another administrator.")
    if not person.is_active:
        return
    with transaction.atomic():
        today = timezone.localdate()
        if person.assignments.filter(role=Role.ADMINISTRATOR).exists():
            _keep_an_administrator(person, today)
        person.is_active = False
        person.save(update_fields=["is_active"])
        person.links.filter(used_at__isnull=True).update(used_at=timezone.now())
        _tell(by, "deactivate_person", person, {})


def reactivate_person(person: Person, *, by: Person | None = None) -> None:
    """Lets the person in again with the roles they still hold."""
    if person.is_active:
        return
    with transaction.atomic():
        person.is_active = True
        person.save(update_fields=["is_active"])
        _tell(by, "reactivate_person", person, {})


def _keep_an_administrator(leaving: Person, today: date) -> None:
    """Raises Conflict when nobody else could manage people any more."""
    others = (
        Assignment.objects.filter(role=Role.ADMINISTRATOR, person__is_active=True)
        .filter(Q(until__isnull=True) | Q(until__gte=today), since__lte=today)
        .exclude(person=leaving)
    )
    if not others.exists():
        raise Conflict("This is the last administrator.", fix="Give somebody else the role first.")


def _where_it_counts(role: Role) -> str:
    if role in GOVERNMENT_WIDE:
        return f"{role.label} is held for the whole government, not for one organization."
    return f"{role.label} is held for an organization; name it."


def _address(email: str) -> str:
    tidy = email.strip().lower()
    try:
        validate_email(tidy)
    except ValidationError as error:
        raise Unusable(
            f"“{email}” is not an e-mail address.", field="email", fix="Write name@agency.gov."
        ) from error
    return tidy


def _name(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 200:
        raise Unusable("A person has a name of up to 200 characters.", field="name")
    return tidy


def _put_password(person: Person, password: str | None) -> None:
    if password is None:
        person.set_unusable_password()
        return
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise Unusable(" ".join(error.messages), field="password") from error
    person.set_password(password)


def _forget_held(person: Person) -> None:
    """Drops the roles read earlier in this request (access.assignments_of)."""
    person.__dict__.pop("_held", None)


def _tell(
    by: Person | None,
    action: str,
    person: Person,
    detail: dict[str, object],
    organization: Organization | None = None,
) -> None:
    record(
        actor=by.email if by else "system",
        action=action,
        subject=subject_of(person),
        organization=organization.code if organization else "",
        detail={"person": person.email, **detail},
    )
