"""The simulated agency as written in agency.toml, read into plain values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Provider:
    """A simulated High-Impact Service Provider."""

    code: str
    name: str
    bureau: str
    reason: str
    description: str


@dataclass(frozen=True, slots=True)
class Office:
    """A service center; weight: its share of answers, pull: what it adds to every rating."""

    code: str
    name: str
    time_zone: str
    weight: float
    pull: float


@dataclass(frozen=True, slots=True)
class ServicePlan:
    """A simulated service; quality 1 to 5, share: its part of all answers."""

    code: str
    provider: str
    name: str
    name_es: str
    service_type: str
    transaction_type: str
    designated: bool
    drivers: str
    satisfaction: str
    trust: str
    quality: float
    yearly: int
    share: float
    channels: list[str]
    occasion: str
    offering: str
    description: str
    reworded: int | None = None
    improved: int | None = None
    improvement: float = 0.0


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that went wrong at one office: from so many days before the last day on, for so
    many days; pull: what it adds to every rating. done, action: what somebody wrote and did."""

    service: str
    office: str
    days_ago: int
    days: int
    pull: float
    done: str
    action: str

    def fell_on(self, day: date, today: date) -> bool:
        """Whether it was so on that day."""
        return 0 <= self.days_ago - (today - day).days < self.days


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """Somebody with one role."""

    email: str
    name: str
    role: str
    organization: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole simulated agency."""

    department: dict[str, Any]
    providers: tuple[Provider, ...]
    offices: tuple[Office, ...]
    services: tuple[ServicePlan, ...]
    troubles: tuple[Trouble, ...]
    people: tuple[PersonPlan, ...]


@cache
def plan() -> Plan:
    """The plan in agency.toml."""
    raw = tomllib.loads((Path(__file__).parent / "agency.toml").read_text(encoding="utf-8"))
    return Plan(
        department=raw["department"],
        providers=tuple(Provider(**each) for each in raw["providers"]),
        offices=tuple(Office(**each) for each in raw["offices"]),
        services=tuple(ServicePlan(**each) for each in raw["services"]),
        troubles=tuple(Trouble(**each) for each in raw["troubles"]),
        people=tuple(PersonPlan(**each) for each in raw["people"]),
    )
