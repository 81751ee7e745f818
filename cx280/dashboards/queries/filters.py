"""One filter for a whole page: quarter, office, channel, survey version; only what there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from cx280.agencies.models import Organization
from cx280.kernel.problem import NotFound
from cx280.kernel.quarter import Quarter
from cx280.measures.access import Sight
from cx280.measures.queries import Cut, Places, places, versions_of
from cx280.services.models import Service
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.models import SurveyVersion

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class Filters:
    """What was asked to be shown, and what else could be."""

    service: Service
    quarter: Quarter
    unit: Organization | None
    channel: str
    version: SurveyVersion | None
    quarters: tuple[Quarter, ...]  # newest first
    units: tuple[Organization, ...]
    channels: tuple[Channel, ...]
    versions: tuple[SurveyVersion, ...]  # every one of the service
    answered: tuple[SurveyVersion, ...]  # those with an answer, to choose from
    places: Mapping[Quarter, Places]
    own: Organization | None  # the part of the service this person may see

    @property
    def cut(self) -> Cut:
        """The facts the page reads."""
        return Cut(self.unit or self.own, self.channel, self.version)

    @property
    def unit_ids(self) -> frozenset[int] | None:
        """The units the cut reaches; None for everywhere."""
        chosen = self.unit or self.own
        if chosen is None:
            return None
        return frozenset(unit.pk for unit in self.units if unit.path.startswith(chosen.path))

    def answers(self, quarter: Quarter) -> int:
        """How many answered in a quarter within the filter."""
        place = self.places.get(quarter)
        version = self.version.pk if self.version else None
        return place.answers(self.unit_ids, self.channel, version) if place else 0

    def hides(self, quarter: Quarter, smallest: int) -> bool:
        """Whether a quarter within the filter may not be shown."""
        place = self.places.get(quarter)
        if place is None:
            return False
        version = self.version.pk if self.version else None
        return place.hides(self.unit_ids, self.channel, version, smallest=smallest)


def filters_of(sight: Sight, asked: Mapping[str, str]) -> Filters | None:
    """The filters in an address (quarter, unit, channel, survey); None when nobody answered yet.

    Raises NotFound for what this service does not have: showing everything instead would mislead.
    """
    found = {
        quarter: place
        for quarter, place in places(sight.service).items()
        if sight.unit is None or place.units
    }
    if not found:
        return None
    versions = versions_of(sight.service)
    units = _units(found, sight)
    answered = {pk for place in found.values() for pk in place.versions}
    channels = sorted({channel for place in found.values() for channel in place.channels})
    return Filters(
        service=sight.service,
        quarter=_quarter(asked.get("quarter", ""), sorted(found, reverse=True)),
        unit=_one(asked.get("unit", ""), {unit.code: unit for unit in units}, "office"),
        channel=_one(asked.get("channel", ""), {each: each for each in channels}, "channel") or "",
        version=_one(asked.get("survey", ""), {address(v): v for v in versions}, "survey"),
        quarters=tuple(sorted(found, reverse=True)),
        units=tuple(units),
        channels=tuple(Channel.of(each) for each in channels),
        versions=tuple(versions),
        answered=tuple(version for version in versions if version.pk in answered),
        places=found,
        own=sight.unit,
    )


def address(version: SurveyVersion) -> str:
    """How an address names a version: `boat-permits-2`."""
    return f"{version.survey.code}-{version.number}"


def _units(found: Mapping[Quarter, Places], sight: Sight) -> list[Organization]:
    ids = {unit for place in found.values() for unit in place.units}
    units = Organization.objects.filter(pk__in=ids).order_by("name")
    return list(units.filter(path__startswith=sight.unit.path) if sight.unit else units)


def _quarter(written: str, there: Sequence[Quarter]) -> Quarter:
    if not written:
        return there[0]
    quarter = Quarter.parse(written)
    if quarter not in there:
        raise NotFound(f"Nobody answered in {quarter}.", fix="Choose another quarter.")
    return quarter


def _one(code: str, there: Mapping[str, Thing], noun: str) -> Thing | None:
    if not code:
        return None
    if code not in there:
        raise NotFound(f"This service has no {noun} “{code}” with answers.")
    return there[code]
