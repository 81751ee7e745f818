"""The versions of a journey, by the day on which they were made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

import msgspec
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.journeys.models import MapVersion
from cx280.journeys.queries.maps import sketch_of
from cx280.journeys.rules.changes import differing, said
from cx280.journeys.rules.editing import Sketch
from cx280.journeys.rules.record import FIELD_WORDS, MapRecord
from cx280.services.models import Journey


@dataclass(frozen=True, slots=True)
class Day:
    """A day with what was changed on it, the latest first."""

    day: date
    versions: list[MapVersion]


def days_of(journey: Journey) -> list[Day]:
    """The days on which the journey changed, the latest first."""
    rows = journey.versions.select_related("by").defer("content")
    days = groupby(rows, key=lambda each: timezone.localdate(each.at))
    return [Day(day, list(versions)) for day, versions in days]


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else made of a step since a page was opened: their name, and each lane."""

    who: str
    lanes: list[tuple[str, str]]


def changed_by_others(journey: Journey, key: int, revision: int, person: Person) -> Theirs | None:
    """What others changed of the step since that revision; None where nobody did."""
    versions = list(journey.versions.select_related("by").order_by("number"))
    fields: list[str] = []
    who = ""
    for before, after in pairwise(versions):
        if after.revision <= revision or after.by_id == person.pk:
            continue
        states = sketch_in(before), sketch_in(after)
        if all(key in each.keys for each in states):
            mine = differing(states[0].step(key), states[1].step(key))
            fields += [each for each in mine if each not in fields]
            who = (after.by.name if after.by else "An import") if mine else who
    if not fields:
        return None
    now = sketch_of(journey).step(key)
    return Theirs(who, [(FIELD_WORDS[each], said(each, now)) for each in fields])


def sketch_in(version: MapVersion) -> Sketch:
    """The state a version keeps."""
    record = msgspec.convert(version.content, MapRecord)
    return Sketch(record, tuple(version.keys))
