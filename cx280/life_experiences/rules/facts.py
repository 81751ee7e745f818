"""A life experience as its checks read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.life_experiences.rules.milestones import Standing
from cx280.life_experiences.rules.vocabulary import Level


@dataclass(frozen=True, slots=True)
class ExperienceFacts:
    """lead: the lead agency's name, "" for none. programs: the units that give its services.
    agencies, levels: of its services and members. charter: the public address, "" for none."""

    name: str
    lead: str
    is_designated: bool
    programs: Sequence[str]
    agencies: Sequence[str]
    levels: Sequence[Level]
    charter: str
    milestones: Sequence[Standing]
