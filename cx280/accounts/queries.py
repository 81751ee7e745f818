"""Reads people, their roles, keys and justifications."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from cx280.accounts.models import ApiKey, Assignment, Justification, Person, SignInLink
from cx280.accounts.rules import Role
from cx280.accounts.secrets import digest_of
from cx280.kernel.finding import Finding, warnings
from cx280.kernel.problem import NotFound


def justifications_for(subject: str) -> dict[str, Justification]:
    """The written reasons kept with a thing, by Finding.key."""
    kept = Justification.objects.filter(subject=subject).select_related("person")
    return {each.finding: each for each in kept}


def told_with_reasons(subject: str, findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """The warnings as plain JSON values, each with the reason why it stands, by whom and when.

    What is frozen with what somebody signs. A reason is left out once what was found has changed.
    """
    written = justifications_for(subject)
    told = []
    for each in warnings(findings):
        reason = written.get(each.stamp)
        told.append(
            {
                "rule": each.rule,
                "severity": each.severity.value,
                "message": each.message,
                "reason": reason.text if reason else "",
                "by": reason.person.name if reason else "",
                "on": timezone.localdate(reason.written_at).isoformat() if reason else None,
            }
        )
    return told


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


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody to print a link for, and the role they stand for."""

    role: Role | None
    person: Person


def chosen_for_links(*, role: str | None = None, email: str | None = None) -> list[Chosen]:
    """The people to print links for: the one with that address, or one for each role held today,
    of several the one who was added first.

    Raises NotFound when there is nobody.
    """
    if email:
        found = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
        if found is None:
            raise NotFound(f"Nobody with the address {email} may sign in.")
        held = [each for each in Role if found in holders_of(each)]
        return [Chosen(held[0] if held else None, found)]
    wanted = [Role(role)] if role else list(Role)
    holders = [(each, holders_of(each).order_by("pk").first()) for each in wanted]
    chosen = [Chosen(each, person) for each, person in holders if person]
    if not chosen:
        raise NotFound(
            "Nobody holds a role yet.",
            fix="Add somebody: cx280 person add EMAIL NAME --role administrator",
        )
    return chosen


def keys_of(person: Person) -> QuerySet[ApiKey]:
    """The person's working keys, newest first."""
    return person.api_keys.filter(revoked_at__isnull=True).order_by("-created_at")


def person_of_link(token: str) -> Person | None:
    """The person an unused link would sign in, without spending it; None when it does not work."""
    link = (
        SignInLink.objects.select_related("person")
        .filter(
            digest=digest_of(token),
            used_at__isnull=True,
            expires_at__gt=timezone.now(),
            person__is_active=True,
        )
        .first()
    )
    return link.person if link else None
