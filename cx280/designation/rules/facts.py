"""A proposal as its checks and its signed content read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cx280.designation.rules.offices import Taken
from cx280.designation.rules.scoring import Candidate
from cx280.services.rules.designation import Designated


@dataclass(frozen=True, slots=True)
class ChosenFacts:
    """A service put forward: why, and what the inventory says of it."""

    why: str
    service: Designated

    @property
    def where(self) -> str:
        """Its place in a finding."""
        return f"services[{self.service.service}]"

    @property
    def named(self) -> str:
        """What a finding calls it."""
        return f"“{self.service.name}”"


@dataclass(frozen=True, slots=True)
class ProposalFacts:
    """A whole proposal, with every service that could be put forward."""

    provider: str
    fiscal_year: int
    certified_year: int | None  # of the latest certified inventory; None where there is none
    chosen: Sequence[ChosenFacts]
    candidates: Sequence[Candidate]
    weights: Mapping[str, float]
    meetings: int
    offices: Sequence[Taken]
    minimum: int = 2
