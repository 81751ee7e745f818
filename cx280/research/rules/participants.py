"""Who was to take part in a study and who did, by segment, beside who the customers are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.research.rules.vocabulary import Experience


@dataclass(frozen=True, slots=True)
class Part:
    """So many of one segment with one experience. came: None while nobody was counted."""

    segment: str
    experience: Experience
    planned: int
    came: int | None
    is_federal: bool = False


@dataclass(frozen=True, slots=True)
class SegmentCount:
    """A segment in a study. share: of the service's customers, None where that is not known."""

    segment: str
    planned: int
    came: int | None
    share: float | None
    is_federal: bool = False

    @property
    def short(self) -> int:
        """How many fewer came than were planned; 0 while nobody was counted."""
        return max(self.planned - self.came, 0) if self.came is not None else 0

    @property
    def present(self) -> int:
        """How many came, or are to come while nobody was counted."""
        return self.planned if self.came is None else self.came

    @property
    def words(self) -> str:
        """How it went in a sentence part: `5 of 8 planned came, 3 short`."""
        if self.came is None:
            return f"{self.planned} planned, not counted yet"
        if self.planned == 0:
            return f"{self.came} came, none planned" if self.came else "nobody planned, nobody came"
        end = f", {self.short} short" if self.short else ""
        return f"{self.came} of {self.planned} planned came{end}"


@implements("280.4-b3")
def by_segment(parts: Iterable[Part], mix: Mapping[str, float]) -> list[SegmentCount]:
    """The study's segments by name, and those of the customers' mix that it left out.

    A segment is counted once any of its rows is: a row without a count adds nobody.
    """
    rows: dict[str, list[Part]] = {name: [] for name in mix}
    for each in parts:
        rows.setdefault(each.segment, []).append(each)
    return [_count(name, rows[name], mix.get(name)) for name in sorted(rows)]


def _count(name: str, parts: Sequence[Part], share: float | None) -> SegmentCount:
    counted = [each.came for each in parts if each.came is not None]
    return SegmentCount(
        name,
        sum(each.planned for each in parts),
        sum(counted) if counted else None,
        share,
        any(each.is_federal for each in parts),
    )


@dataclass(frozen=True, slots=True)
class Turnout:
    """A whole study: planned, came (None while nobody was counted), and how many were short."""

    planned: int
    came: int | None
    short: int

    @property
    def words(self) -> str:
        """How many came of those planned: `19 of 24 planned took part: 5 short`."""
        if self.came is None:
            return f"{self.planned} planned, not counted yet" if self.planned else "nobody planned"
        end = f": {self.short} short" if self.short else ""
        return f"{self.came} of {self.planned} planned took part{end}"


@implements("280.4-b3")
def turnout(counts: Sequence[SegmentCount]) -> Turnout:
    """The study in all. More of one segment do not make up for fewer of another."""
    came = [each.came for each in counts if each.came is not None]
    return Turnout(
        sum(each.planned for each in counts),
        sum(came) if came else None,
        sum(each.short for each in counts),
    )


@implements("280.9-f2")
def members_of_public(parts: Iterable[Part]) -> int:
    """How many of the public are asked: whichever is more, planned or come; no employees."""
    return sum(max(each.planned, each.came or 0) for each in parts if not each.is_federal)


def by_experience(parts: Iterable[Part]) -> dict[Experience, int]:
    """How many came, or are to come, by how far they got with the service."""
    found = dict.fromkeys(Experience, 0)
    for each in parts:
        found[each.experience] += each.planned if each.came is None else each.came
    return found
