"""Who may open a route: `@allow(...)` on every view; a view without it is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from cx280.accounts.models import Assignment, Person
from cx280.accounts.rules import GOVERNMENT_WIDE, MAY, Capability, Role
from cx280.agencies.models import Organization
from cx280.kernel.problem import NotAllowed

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


@dataclass(frozen=True, slots=True)
class WhoMay:
    """Who may open a route: everybody, anybody signed in, or those with one of the capabilities."""

    public: bool = False
    capabilities: frozenset[Capability] = frozenset()

    def admits(self, person: Person | None) -> bool:
        """Whether the person (None when signed out) may open the route at all."""
        if self.public:
            return True
        if person is None or not person.is_active:
            return False
        return not self.capabilities or bool(self.capabilities & capabilities_of(person))


PUBLIC = WhoMay(public=True)
SIGNED_IN = WhoMay()


def allow(who: WhoMay | Capability, *more: Capability) -> Callable[[View], View]:
    """States who may open the view: `@allow(PUBLIC)`, `@allow(Capability.EDIT_SURVEYS)`.

    Several capabilities mean any one of them. The object is checked by the folder's own
    `access.py`, which gives it back or raises NotFound.
    """
    rule = who if isinstance(who, WhoMay) else WhoMay(capabilities=frozenset({who, *more}))

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            person = person_of(request)
            if rule.admits(person):
                return view(request, *args, **kwargs)
            if person is None:
                return _sign_in_first(request)
            raise NotAllowed("Your role does not include this page.")

        guarded.who_may = rule  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    return redirect_to_login(request.get_full_path())


def person_of(request: HttpRequest) -> Person | None:
    """The person signed in, or None."""
    user = getattr(request, "user", None)
    return user if isinstance(user, Person) and user.is_authenticated else None


def signed_in_person(request: HttpRequest) -> Person:
    """The person signed in; raises NotAllowed when nobody is."""
    person = person_of(request)
    if person is None:
        raise NotAllowed("Sign in first.")
    return person


def assignments_of(person: Person, on: date | None = None) -> list[Assignment]:
    """The roles the person holds on that day (today when not given), read once per request."""
    day = on or timezone.localdate()
    held = getattr(person, "_held", None)
    if held is None or held[0] != day:
        rows = person.assignments.filter(
            Q(until__isnull=True) | Q(until__gte=day), since__lte=day
        ).select_related("organization")
        held = (day, list(rows))
        person._held = held  # type: ignore[attr-defined]
    assignments: list[Assignment] = held[1]
    return assignments


def capabilities_of(person: Person) -> frozenset[Capability]:
    """Everything the person may do somewhere."""
    may: set[Capability] = set()
    for each in assignments_of(person):
        may |= MAY[Role(each.role)]
    return frozenset(may)


def may(person: Person, capability: Capability, organization: Organization) -> bool:
    """Whether the person may do this for that organization: by a role there, above, or for all."""
    for each in assignments_of(person):
        if capability not in MAY[Role(each.role)]:
            continue
        if Role(each.role) in GOVERNMENT_WIDE:
            return True
        if each.organization is not None and each.organization.contains(organization):
            return True
    return False


def organizations_where(person: Person, capability: Capability) -> QuerySet[Organization]:
    """The organizations, with all below them, for which the person may do this."""
    where = Q(pk__in=[])
    for each in assignments_of(person):
        if capability not in MAY[Role(each.role)]:
            continue
        if Role(each.role) in GOVERNMENT_WIDE:
            return Organization.objects.all()
        if each.organization is not None:
            where |= Q(path__startswith=each.organization.path)
    return Organization.objects.filter(where)
