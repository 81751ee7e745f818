"""Reads who wants to be contacted, and what they answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from cx280.agencies.models import Organization
from cx280.recovery.models import ContactWish
from cx280.recovery.rules import answer_words
from cx280.responses.models import Response
from cx280.responses.queries import document_of
from cx280.surveys.models import Survey

_LATELY = timedelta(days=365)
_WAITS = Q(handled_at__isnull=True, erased_at__isnull=True)


def wishes() -> QuerySet[ContactWish]:
    """All of them with where they belong."""
    return ContactWish.objects.select_related("survey__service__owner", "unit", "handled_by")


def waiting(found: QuerySet[ContactWish]) -> QuerySet[ContactWish]:
    """Those nobody has handled and that can still be: what is erased first comes first."""
    return found.filter(_WAITS).order_by("erase_after", "pk")


def over(found: QuerySet[ContactWish], since: datetime) -> QuerySet[ContactWish]:
    """Those handled, or erased unhandled, since then; the latest first."""
    return found.filter(erased_at__gte=since).order_by("-erased_at", "pk")


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a survey in the last year: who asked, who waits, what was handled, what was too late."""

    asked: int
    waiting: int
    handled: int
    too_late: int


def counts_of(survey: Survey, now: datetime) -> Counts:
    """How many asked to be contacted within a year, and what became of it."""
    found = ContactWish.objects.filter(survey=survey, asked_at__gte=now - _LATELY).aggregate(
        asked=Count("pk"),
        waiting=Count("pk", filter=_WAITS),
        handled=Count("pk", filter=Q(handled_at__isnull=False)),
        too_late=Count("pk", filter=Q(handled_at__isnull=True, erased_at__isnull=False)),
    )
    return Counts(**found)


def perhaps_due(now: datetime) -> QuerySet[ContactWish]:
    """Not erased, and over in some time zone."""
    soonest = now.date() + timedelta(days=1)
    return wishes().filter(erased_at__isnull=True, erase_after__lt=soonest).order_by("pk")


def day_at(owner: Organization, now: datetime) -> date:
    """The day of that moment where the unit is."""
    return now.astimezone(ZoneInfo(owner.time_zone)).date()


def response_of(survey: Survey, response_id: UUID) -> Response | None:
    """The response of that survey with that id, if there is one."""
    return Response.objects.filter(pk=response_id, version__survey=survey).first()


def said_in(response_id: UUID) -> list[tuple[str, str]]:
    """Each question with its answer in English words; comments as redacted. Empty without one."""
    found = Response.objects.filter(pk=response_id).select_related("version").first()
    if found is None:
        return []
    written = {each.question: each.text for each in found.comments.all()}
    said = []
    for question in document_of(found.version).questions:
        words = written.get(question.id) or answer_words(question, found.answers.get(question.id))
        if words:
            said.append((question.text, words))
    return said
