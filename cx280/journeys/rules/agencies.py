"""Across which agencies a journey runs: derived from who owns its steps, never typed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cx280.circular.implements import implements


@dataclass(frozen=True, slots=True)
class Owned:
    """A step: its place from 1, the agency and unit that own it, the service as they call it."""

    number: int
    agency: str
    unit: str
    service: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one agency does of a journey: its services, and its steps by their places."""

    agency: str
    services: tuple[str, ...]
    steps: tuple[int, ...]

    @property
    def said(self) -> str:
        """The places as people write them: `1–3, 5`."""
        runs: list[list[int]] = []
        for each in self.steps:
            if runs and each == runs[-1][-1] + 1:
                runs[-1].append(each)
            else:
                runs.append([each])
        return ", ".join(
            str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs
        )  # fmt: skip


@implements("280.9-e3")
def is_cross_agency(owned: Iterable[Owned]) -> bool:
    """Whether steps of more than one agency are in it."""
    return len({each.agency for each in owned}) > 1


def parts_of(owned: Iterable[Owned]) -> list[Part]:
    """The journey by agency, in the order in which the customer meets them."""
    agencies: dict[str, list[Owned]] = {}
    for each in owned:
        agencies.setdefault(each.agency, []).append(each)
    return [
        Part(
            agency,
            tuple(dict.fromkeys(each.service for each in mine if each.service)),
            tuple(each.number for each in mine),
        )
        for agency, mine in agencies.items()
    ]
