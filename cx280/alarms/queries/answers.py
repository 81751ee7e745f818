"""Reads how people rated a service day by day, as a whole and office by office."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from cx280.alarms.queries.known import open_versions, scored_questions
from cx280.alarms.rules.watches import UNIT_QUESTIONS
from cx280.measures.models import DayCount
from cx280.measures.queries import keys_of, versions_of
from cx280.measures.rules.scores import scale_of
from cx280.services.models import Service

# So many rows are held at once: two hundred offices have a hundred thousand.
_AT_ONCE = 2000
Days = Counter[date]


class _Asked(NamedTuple):
    """A question, what it is about, and the codes with which people agree."""

    question: str
    construct: str
    agreeing: frozenset[str]


@dataclass(slots=True)
class Answered:
    """Answers by the day; scores: how many agreed and answered, by construct and office (None for
    all of the service)."""

    completed: Days = field(default_factory=Counter)
    scores: dict[tuple[str, int | None], tuple[Days, Days]] = field(default_factory=dict)

    def add(self, key: tuple[str, int | None], day: date, agreed: int, all_: int) -> None:
        """Counts answers of one day in."""
        good, of = self.scores.setdefault(key, (Counter(), Counter()))
        good[day] += agreed
        of[day] += all_


def answered(service: Service, since: date) -> Answered:
    """What was answered from that day on, read once.

    Of each construct only answers to the question as it is asked now: other words begin anew.
    """
    found, asked = Answered(), _asked_alike(service)
    rows = DayCount.objects.filter(version__survey__service=service, day__gte=since)
    for version, unit, day, completed, counts in rows.values_list(
        "version", "unit", "day", "completed", "counts"
    ).iterator(chunk_size=_AT_ONCE):
        found.completed[day] += completed
        for each in asked.get(version, ()):
            agreed, all_ = _agreed(counts["questions"].get(each.question, (0, 0, {}))[2], each)
            found.add((each.construct, None), day, agreed, all_)
            if unit is not None and each.construct in UNIT_QUESTIONS:
                found.add((each.construct, unit), day, agreed, all_)
    return found


def _agreed(counts: Mapping[str, int], asked: _Asked) -> tuple[int, int]:
    return sum(counts.get(code, 0) for code in asked.agreeing), sum(counts.values())


def _asked_alike(service: Service) -> dict[int, list[_Asked]]:
    """By version, the questions that are asked as an open version asks about the same."""
    keys: dict[str, object] = {}
    for version in open_versions(service):
        for construct, question in scored_questions(version):
            keys.setdefault(construct, keys_of(version)[question.id])
    return {
        version.pk: [
            _Asked(question.id, construct, _codes(scale_of(str(question.response)).agreeing))
            for construct, question in scored_questions(version)
            if keys_of(version)[question.id] == keys.get(construct)
        ]
        for version in versions_of(service)
    }


def _codes(agreeing: Iterable[int]) -> frozenset[str]:
    return frozenset(map(str, agreeing))
