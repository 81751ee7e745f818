"""Counting answers: by question, by unit and channel, and all of them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from sys import intern
from typing import Any

from cx280.measures.rules.patterns import Block
from cx280.measures.rules.response_rates import completeness
from cx280.measures.rules.scores import polarity_of
from cx280.surveys.rules.codes import Answer
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import ResponseType

Place = tuple[int | None, str]  # (unit, channel)
LONGEST_SECONDS = 7200  # longer was a page left open
_WRITTEN_OUT = frozenset({ResponseType.NUMBER, ResponseType.DATE})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as counting sees it; `parent` is the rating that its taps stand under."""

    id: str
    keeps_codes: bool  # numbers and dates are too many to count one by one
    parent: str = ""
    parent_response: str = ""


@dataclass(slots=True)
class Tally:
    """How often a question was shown, answered, and each code given."""

    shown: int = 0
    answered: int = 0
    codes: Counter[str] = field(default_factory=Counter)

    def merge(self, other: Tally) -> None:
        """Adds another tally to this one."""
        self.shown += other.shown
        self.answered += other.answered
        self.codes.update(other.codes)


@dataclass(slots=True)
class Cell:
    """Everything counted in one place: whole responses, seconds, and a tally per question.

    Questions are keyed by id, and tapped ones once more as `id@high`, `id@middle`, `id@low`.
    Patterns are keyed by the tapped question, "" for what was answered on a scale. Reached: how
    many answered in each language, group and way, how completely, and up to which question.
    """

    completed: int = 0
    suspected: int = 0
    seconds: Counter[int] = field(default_factory=Counter)
    questions: dict[str, Tally] = field(default_factory=dict)
    patterns: dict[str, Counter[str]] = field(default_factory=dict)
    reached: dict[str, Counter[str]] = field(default_factory=dict)

    def reach(self, kind: str, value: str, times: int = 1) -> None:
        """Counts answers once more under one of the kinds of `reached`."""
        self.reached.setdefault(kind, Counter())[value] += times

    def add(
        self,
        asked: Iterable[Asked],
        answers: Mapping[str, Any],
        times: int,
        blocks: Iterable[Block] = (),
    ) -> None:
        """Counts `times` responses that all gave these answers."""
        self.completed += times
        asked = tuple(asked)
        given_to = [each.id for each in asked if answers.get(each.id) not in (None, [])]
        shown = sum(each.id in answers for each in asked)
        self.reach("done", completeness(len(given_to), shown).value, times)
        self.reach("last", given_to[-1] if given_to else "", times)
        for block in blocks:
            pattern = block.pattern_of(answers)
            if pattern is not None:
                # Interned: the same few patterns stand in the cells of every day and place.
                self.patterns.setdefault(block.tapped, Counter())[intern(pattern)] += times
        for question in asked:
            if question.id not in answers:
                continue
            given = answers[question.id]
            self._count(question.id, question, given, times)
            if question.parent:
                side = polarity_of(answers.get(question.parent), question.parent_response)
                if side:
                    self._count(f"{question.id}@{side}", question, given, times)

    def _count(self, key: str, question: Asked, given: Answer, times: int) -> None:
        tally = self.questions.get(key)
        if tally is None:
            tally = self.questions[key] = Tally()
        tally.shown += times
        if given is None or given == []:
            return
        tally.answered += times
        if question.keeps_codes:
            for code in set(given) if isinstance(given, list) else (given,):
                tally.codes[str(code)] += times

    def merge(self, other: Cell) -> None:
        """Adds another cell to this one."""
        self.completed += other.completed
        self.suspected += other.suspected
        self.seconds.update(other.seconds)
        for key, tally in other.questions.items():
            self.questions.setdefault(key, Tally()).merge(tally)
        for name, patterns in other.patterns.items():
            self.patterns.setdefault(name, Counter()).update(patterns)
        for kind, counts in other.reached.items():
            self.reached.setdefault(kind, Counter()).update(counts)

    def as_data(self) -> dict[str, Any]:
        """Seconds, questions and patterns as plain JSON values."""
        return {
            "seconds": {str(second): n for second, n in sorted(self.seconds.items())},
            "questions": {
                key: [tally.shown, tally.answered, dict(sorted(tally.codes.items()))]
                for key, tally in sorted(self.questions.items())
            },
            "patterns": {
                name: dict(sorted(patterns.items()))
                for name, patterns in sorted(self.patterns.items())
            },
            "reached": {
                kind: dict(sorted(counts.items())) for kind, counts in sorted(self.reached.items())
            },
        }


def cell_of(completed: int, suspected: int, data: Mapping[str, Any]) -> Cell:
    """The cell written down by `as_data`."""
    cell = Cell(completed, suspected)
    cell.seconds.update({int(second): n for second, n in data["seconds"].items()})
    for key, (shown, answered, codes) in data["questions"].items():
        cell.questions[key] = Tally(shown, answered, Counter(codes))
    for name, patterns in data.get("patterns", {}).items():
        cell.patterns[name] = Counter(patterns)
    for kind, counts in data.get("reached", {}).items():
        cell.reached[kind] = Counter(counts)
    return cell


def asked_in(document: SurveyDocument) -> tuple[Asked, ...]:
    """The questions whose answers are counted: all but those answered in people's own words."""
    asked = []
    for question in document.questions:
        if question.is_free_text:
            continue
        parent = document.question(question.parent) if question.parent else None
        asked.append(
            Asked(
                question.id,
                question.answered_by not in _WRITTEN_OUT,
                parent.id if parent else "",
                parent.answered_by.value if parent else "",
            )
        )
    return tuple(asked)


def cube(cells: Mapping[Place, Cell]) -> dict[tuple[int | None, str], Cell]:
    """The cells rolled up: every unit and all of them (None), every channel and all ("").

    Answers without a unit count towards all units and towards no unit.
    """
    rolled: dict[tuple[int | None, str], Cell] = {}
    for (unit, channel), cell in cells.items():
        for at_unit in {unit, None}:
            for at_channel in {channel, ""}:
                rolled.setdefault((at_unit, at_channel), Cell()).merge(cell)
    return rolled


def quantile_seconds(seconds: Mapping[int, int], share: float) -> float | None:
    """The smallest whole second by which that share of people was done; None for nobody.

    For the median of an even number, the middle of the two middle ones.
    """
    n = sum(seconds.values())
    if n == 0:
        return None
    ordered = sorted(seconds.items())
    if share == 0.5 and n % 2 == 0:
        return (_ranked(ordered, n // 2) + _ranked(ordered, n // 2 + 1)) / 2
    rank = max(1, -(-int(share * n * 1_000_000) // 1_000_000))
    return float(_ranked(ordered, rank))


def rounded_seconds(seconds: Mapping[int, int]) -> dict[int, int]:
    """The seconds rounded up, few enough to keep: to 5 below ten minutes, above to minutes."""
    rounded: Counter[int] = Counter()
    for second, n in seconds.items():
        step = 5 if second <= 600 else 60
        rounded[-(-second // step) * step] += n
    return dict(sorted(rounded.items()))


def _ranked(ordered: list[tuple[int, int]], rank: int) -> int:
    seen = 0
    for value, n in ordered:
        seen += n
        if seen >= rank:
            return value
    return ordered[-1][0]
