"""The catalogue: what Section 280 asks, id by id, in this project's own words."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cx280.kernel.problem import NotFound, Unusable

_FOLDER = Path(__file__).parent / "catalogue"
_RESOLUTIONS = "resolutions.toml"


class Strength(StrEnum):
    """How strongly the Circular says it."""

    MUST = "must"
    SHOULD = "should"
    ENCOURAGED = "encouraged"
    MAY = "may"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of the catalogue.

    id: section, paragraph, number (280.10-g2). title: a few words. requires: one sentence of
    ours. binds: all agencies, HISPs, OMB or nobody. section: 280.10, with its title.
    reference: why there is nothing to carry out, for rows that are background only; else empty.
    """

    id: str
    title: str
    requires: str
    strength: Strength
    binds: str
    section: str
    section_title: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """A place where the text contradicts itself or leaves a gap, and how we read it.

    weight: A changes a number, a verdict or a date; B who is bound or what is exported; C wording.
    """

    id: str
    title: str
    reading: str
    weight: str


@cache
def catalogue() -> MappingProxyType[str, Requirement]:
    """Every requirement by id, in the Circular's order."""
    files = [each for each in _FOLDER.glob("*.toml") if each.name != _RESOLUTIONS]
    found = [each for path in sorted(files, key=_place) for each in _requirements(path)]
    return MappingProxyType({each.id: each for each in found})


@cache
def resolutions() -> MappingProxyType[str, Resolution]:
    """Every resolution by id, INC-01 first."""
    raw = _read(_FOLDER / _RESOLUTIONS)["resolutions"]
    return MappingProxyType({each["id"]: Resolution(**each) for each in raw})


def requirement(requirement_id: str) -> Requirement:
    """The requirement with that id; raises NotFound when the catalogue has none."""
    found = catalogue().get(requirement_id)
    if found is None:
        raise NotFound(f"The catalogue has no rule {requirement_id}.")
    return found


def is_known(some_id: str) -> bool:
    """Whether the id is a requirement or a resolution."""
    return some_id in catalogue() or some_id in resolutions()


def _requirements(path: Path) -> Iterator[Requirement]:
    raw = _read(path)
    for row in raw["requirements"]:
        yield Requirement(
            **{**row, "strength": Strength(row["strength"])},
            section=raw["section"],
            section_title=raw["title"],
        )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise Unusable(f"The catalogue’s {path.name} cannot be read: {problem}.") from problem


def _place(path: Path) -> tuple[int, str]:
    """280-2 before 280-10, the footnotes last."""
    number = path.stem.removeprefix("280-")
    return (int(number), "") if number.isdigit() else (1000, number)
