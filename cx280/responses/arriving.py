"""What an address says of who comes to a survey page, as far as it may be kept."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from cx280.delivery.queries.following import followed
from cx280.delivery.rules.following import ALONG
from cx280.delivery.rules.letters import GROUP
from cx280.responses import queries
from cx280.responses.rules.visits import visit_kept
from cx280.responses.tokens import LONGEST_UNIT, Token, new_token
from cx280.services.rules.vocabulary import CustomerType
from cx280.surveys.models import SurveyVersion


def arrived(request: HttpRequest, version: SurveyVersion, now: datetime) -> Token:
    """A token for a page made now, with what its address says."""
    return new_token(
        version.pk,
        now,
        unit_in(request),
        who=_who(request),
        visit=kept_visit(request.GET.get("visit", ""), version),
        stratum=stratum_in(request),
        along=kept_along(request.GET.get(ALONG, ""), version),
    )


def unit_in(request: HttpRequest) -> str:
    """The office that the link names."""
    return request.GET.get("unit", "").strip()[:LONGEST_UNIT]


def stratum_in(request: HttpRequest) -> str:
    """The group of the sample that the link of an invitation names."""
    return request.GET.get(GROUP, "").replace("\x00", "").strip()[:LONGEST_UNIT]


def kept_visit(visit: str, version: SurveyVersion) -> str:
    """The visit to the website, where the survey told that it is kept."""
    promise = queries.document_of(version).promise
    return visit_kept(visit, promise, is_cleared=queries.is_cleared(version))


def kept_along(token: str, version: SurveyVersion) -> str:
    """The token of a journey that is followed now; "" for any other."""
    journey = followed(version.survey) if token else None
    return token if journey is not None and journey.person(token) else ""


def _who(request: HttpRequest) -> str:
    """Whom the link is for: federal employees where it says `who=employee`, else the public."""
    is_employee = request.GET.get("who", "") == "employee"
    return CustomerType.FEDERAL_EMPLOYEE.value if is_employee else ""
