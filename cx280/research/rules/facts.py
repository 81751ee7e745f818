"""What the checks of research look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cx280.research.rules.participants import SegmentCount


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """A study as its checks want it. public: members of the public it asks."""

    segments: Sequence[SegmentCount]
    public: int
    is_cleared: bool


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A designated service: its studies of the last months, its journeys, its rounds this year.

    flows: rounds this fiscal year of each digital flow; a service that is digital and has no flow
    drawn stands as one flow under its own name.
    """

    name: str
    months: int
    fiscal_year: int
    qualitative: int
    quantitative: int
    journeys: int
    flows: Mapping[str, int] = field(default_factory=dict)
