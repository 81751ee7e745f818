"""/api/v1/me: who the key or session speaks for, and what it may do."""

from django.http import HttpRequest
from ninja import Router, Schema

from cx280.accounts.access import assignments_of, capabilities_of
from cx280.accounts.api_access import asking_person, needs

router = Router(tags=["account"])


class HeldRole(Schema):
    """A role held today; `organization` is a unit code, null for the whole government."""

    role: str
    organization: str | None


class Me(Schema):
    """The person asking."""

    email: str
    name: str
    roles: list[HeldRole]
    may: list[str]


@router.get("/me", response=Me, auth=needs())
def me(request: HttpRequest) -> Me:
    """The person asking, their roles today and what those allow."""
    person = asking_person(request)
    held = [
        HeldRole(role=each.role, organization=each.organization.code if each.organization else None)
        for each in assignments_of(person)
    ]
    return Me(
        email=person.email,
        name=person.name,
        roles=held,
        may=sorted(each.value for each in capabilities_of(person)),
    )
