"""Reads people, their roles, keys and justifications."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from cx280.accounts.models import ApiKey, Assignment, Justification, Person


def justifications_for(subject: str) -> dict[str, Justification]:
    """The written reasons kept with a thing, by Finding.key."""
    kept = Justification.objects.filter(subject=subject).select_related("person")
    return {each.finding: each for each in kept}


def people(*, words: str = "", role: str = "", active: bool | None = None) -> QuerySet[Person]:
    """People by name, with the roles they hold now or will hold in `current_roles`.

    `words` match name or address; `role` is one held today or later.
    """
    today = timezone.localdate()
    current = Assignment.objects.filter(Q(until__isnull=True) | Q(until__gte=today)).select_related(
        "organization"
    )
    found = Person.objects.order_by("name", "email").prefetch_related(
        Prefetch("assignments", queryset=current, to_attr="current_roles")
    )
    if words:
        found = found.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role:
        held = current.filter(role=role).values("person")
        found = found.filter(pk__in=held)
    if active is not None:
        found = found.filter(is_active=active)
    return found


def roles_of(person: Person) -> QuerySet[Assignment]:
    """Every role the person holds, held or will hold, newest first."""
    return person.assignments.select_related("organization").order_by("-since", "role")


def holders_of(role: str, on: date | None = None) -> QuerySet[Person]:
    """The active people who hold the role on that day (today when not given), by address."""
    day = on or timezone.localdate()
    held = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), role=role, since__lte=day
    )
    return Person.objects.filter(is_active=True, pk__in=held.values("person")).order_by("email")


def keys_of(person: Person) -> QuerySet[ApiKey]:
    """The person's working keys, newest first."""
    return person.api_keys.filter(revoked_at__isnull=True).order_by("-created_at")
