"""Reads whether a survey belongs to a journey that is followed now, and under which secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.utils import timezone

from cx280.clearance.queries import following_findings
from cx280.delivery.models import Following
from cx280.delivery.rules.following import person_in, token_of
from cx280.delivery.sealing import opened
from cx280.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Followed:
    """A journey that is followed now, with its secret opened."""

    pk: int
    secret: bytes

    def token(self, known_as: str) -> str:
        """What the link of an invitation to that address carries."""
        return token_of(self.secret, known_as)

    def person(self, token: str) -> str:
        """Who a link is for; "" for a token that is not of this journey."""
        return person_in(token, self.secret)


def followed(survey: Survey) -> Followed | None:
    """The journey whose step the survey is tied to, while it is followed and may be; else None."""
    if survey.journey_step_id is None:
        return None
    found = (
        Following.objects.select_related("clearance", "journey__service__owner")
        .filter(journey__steps=survey.journey_step_id)
        .first()
    )
    if found is None:
        return None
    today = timezone.localdate(timezone=ZoneInfo(found.journey.service.owner.time_zone))
    return Followed(found.pk, opened(found.sealed).encode()) if holds(found, today) else None


def holds(following: Following, on: date) -> bool:
    """Whether its last day is not over and its clearance still allows it."""
    return on <= following.last_day and not following_findings(following.clearance, on)
