"""Who may open a route: `@allow(...)` on every view; a view without it is refused.

API operations say the same with `auth=needs(...)`, see api_access.py.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from cx280.accounts.models import ApiKey, Assignment, Person
from cx280.accounts.rules import GOVERNMENT_WIDE, MAY, Capability, Role
from cx280.accounts.secrets import KEY_START, digest_of
from cx280.agencies.models import Organization
from cx280.kernel.problem import NotAllowed, NotFound, Problem

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


# Addresses that programs ask: they get problem+json, never a sign-in page.
FOR_PROGRAMS = ("/api/", "/data/v1/", "/touchpoints/")


class NotSignedIn(Problem):
    """Nobody is signed in, and the address is for programs, which get no sign-in page."""

    status = 401


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
            raise NotAllowed(
                "Your role does not include this page.",
                fix="Whoever keeps the accounts of your agency can give you the role it takes.",
            )

        guarded.who_may = rule  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return declare


def _sign_in_first(request: HttpRequest) -> HttpResponse:
    if request.path.startswith(FOR_PROGRAMS):
        raise NotSignedIn(
            "Sign in, or send a key.", fix="Send the header “Authorization: Bearer” with your key."
        )
    if request.headers.get("HX-Request"):
        # htmx follows redirects inside the page; this asks it to leave the page instead.
        back = request.headers.get("HX-Current-URL") or request.get_full_path()
        path = urlsplit(back)
        there = redirect_to_login(f"{path.path}?{path.query}" if path.query else path.path)
        return HttpResponse(status=204, headers={"HX-Redirect": there.url})
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


def person_from_key(request: HttpRequest) -> Person | None:
    """The active person whose key the request carries, or None.

    In `Authorization: Bearer`, or in `x-api-key` as programs of api.data.gov send it.

    Notes the day the key was last used, at most once a day.
    """
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    key = key if kind.lower() == "bearer" else request.headers.get("X-Api-Key", "")
    if not key.strip().startswith(KEY_START):
        return None
    known = (
        ApiKey.objects.select_related("person")
        .filter(digest=digest_of(key.strip()), revoked_at__isnull=True, person__is_active=True)
        .first()
    )
    if known is None:
        return None
    today = timezone.localdate()
    if known.last_used_on != today:
        ApiKey.objects.filter(pk=known.pk).update(last_used_on=today)
    return known.person


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


def person_to_manage(person: Person, pk: int) -> Person:
    """The person with that number, for an administrator; raises NotFound otherwise."""
    found = Person.objects.filter(pk=pk).first()
    if found is None or Capability.MANAGE_PEOPLE not in capabilities_of(person):
        raise NotFound("There is no such person.")
    return found


def assignment_to_manage(person: Person, pk: int) -> Assignment:
    """A role somebody holds, for an administrator; raises NotFound otherwise."""
    found = Assignment.objects.select_related("person", "organization").filter(pk=pk).first()
    if found is None or Capability.MANAGE_PEOPLE not in capabilities_of(person):
        raise NotFound("There is no such role.")
    return found


def key_of(person: Person, pk: int) -> ApiKey:
    """The person's own working key; raises NotFound otherwise."""
    found = person.api_keys.filter(pk=pk, revoked_at__isnull=True).first()
    if found is None:
        raise NotFound("There is no such key.")
    return found


def audited_organizations(person: Person) -> list[str] | None:
    """The codes of the units whose audit entries the person may read; None means everything."""
    for each in assignments_of(person):
        if Role(each.role) in GOVERNMENT_WIDE and Capability.SEE_AUDIT in MAY[Role(each.role)]:
            return None
    return list(organizations_where(person, Capability.SEE_AUDIT).values_list("code", flat=True))
