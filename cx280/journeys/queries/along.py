"""Reads what the same people said at several moments of a journey that is followed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from cx280.clearance.models import Clearance
from cx280.delivery.models import FollowedAnswer, Following
from cx280.journeys.rules.along import Along, Move, Said, along
from cx280.services.models import Journey
from cx280.surveys.models import Survey


def following_of(journey: Journey) -> Following | None:
    """That the journey is followed; None when it is not."""
    found = Following.objects.filter(journey=journey)
    return found.select_related("clearance", "begun_by", "journey__service__owner").first()


def clearances_for(journey: Journey) -> list[Clearance]:
    """The clearances of the service's owner and the units above it, the newest first."""
    units = [int(each) for each in journey.service.owner.path.strip("/").split("/")]
    return list(Clearance.objects.filter(organization__in=units).order_by("-starts_on"))


def moments(journey: Journey) -> list[tuple[int, str, list[Survey]]]:
    """The steps with a survey: place from 0, name, the surveys."""
    steps = journey.steps.prefetch_related("surveys").order_by("position")
    found = [(n, each.name, list(each.surveys.all())) for n, each in enumerate(steps)]
    return [each for each in found if each[2]]


def moved(following: Following) -> Along:
    """How people moved between the moments."""
    places = {s.pk: place for place, _, found in moments(following.journey) for s in found}
    rows = FollowedAnswer.objects.filter(following=following).order_by("day", "pk")
    return along(_said(rows.iterator(), places), settings.CX280_SMALLEST_CELL)


def _said(rows: Iterable[FollowedAnswer], places: dict[int, int]) -> Iterable[Said]:
    for row in rows:
        if row.survey_id in places:
            for construct, (kind, code) in row.scores.items():
                yield Said(row.person, places[row.survey_id], construct, kind, code)


@dataclass(frozen=True, slots=True)
class Told:
    """One comparison in the words of its page."""

    move: Move
    earlier: str
    later: str

    @property
    def finding(self) -> str:
        """What it says first."""
        word = self.move.construct.capitalize()
        if not self.move.is_seen:
            return f"No change in {self.move.construct} can be seen"
        return f"{word} {'rises' if self.move.difference > 0 else 'falls'}"


def told(journey: Journey, found: Along) -> list[Told]:
    """The comparisons with the names of their steps."""
    names = {place: name for place, name, _ in moments(journey)}
    return [Told(each, names[each.earlier], names[each.later]) for each in found.moves]
