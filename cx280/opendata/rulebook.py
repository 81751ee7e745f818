"""A rule by its id, with what cx280 does about it: from the catalogue, the edition and the code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cx280.circular.catalogue import Requirement, Resolution, catalogue, resolutions
from cx280.circular.edition import edition
from cx280.circular.glossary import Term, glossary
from cx280.circular.implements import claims
from cx280.kernel.problem import NotFound

# The folders of the product, as people who use it call them.
_PLACES = {
    "accounts": "People and roles",
    "agencies": "Organizations",
    "circular": "The Circular as data: dates, statements, words",
    "clearance": "Clearances",
    "dashboards": "Dashboards",
    "kernel": "Quarters and business days",
    "measures": "Scores and comparisons",
    "opendata": "Open data and public pages",
    "pages": "Every page",
    "reporting": "Quarterly reports",
    "responses": "The survey page and its answers",
    "services": "The service inventory",
    "stats": "How sure we are",
    "surveys": "The survey builder and its checks",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where the product carries a rule out: its part in words, and the code's own name."""

    part: str
    code: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A requirement or a resolution with everything known about it."""

    id: str
    title: str
    text: str
    requirement: Requirement | None
    resolution: Resolution | None
    references: Mapping[str, Mapping[str, Any]]
    related: tuple[tuple[str, str], ...]
    terms: tuple[Term, ...]
    places: tuple[Place, ...]


def base_id(asked: str) -> str:
    """The id without the name of a defect: `280.15-a2:answers-over-respondents` is 280.15-a2."""
    return asked.split(":", 1)[0].strip()


def rule_of(asked: str, edition_id: str) -> Rule:
    """The rule with that id, whatever the case it is written in; raises NotFound."""
    wanted = base_id(asked).casefold()
    everything = {each.casefold(): each for each in (*catalogue(), *resolutions())}
    if wanted not in everything:
        raise NotFound(
            f"There is no rule “{base_id(asked)[:40]}”.", fix="Search the list of rules."
        )
    found = everything[wanted]
    requirement, resolution = catalogue().get(found), resolutions().get(found)
    claimed = claims().get(found, [])
    return Rule(
        id=found,
        title=(requirement or resolutions()[found]).title,
        text=requirement.requires if requirement else resolutions()[found].reading,
        requirement=requirement,
        resolution=resolution,
        references=edition(edition_id).references_of(found),
        related=tuple(_related(found, claimed)),
        terms=tuple(each for each in glossary().values() if found in each.rules),
        places=tuple(Place(_part(each), each) for each in claimed),
    )


def _part(place: str) -> str:
    return _PLACES.get(place.split(".")[1], "The system")


def _related(rule_id: str, places: list[str]) -> list[tuple[str, str]]:
    """Resolutions carried out by the same code as a requirement, and the other way round."""
    others = catalogue() if rule_id in resolutions() else resolutions()
    same = {
        each for each, claimed in claims().items() if each in others and set(claimed) & set(places)
    }
    return [(each, others[each].title) for each in others if each in same]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the Circular with its rules that were asked for: (id, title, sentence)."""

    title: str
    rules: tuple[tuple[str, str, str], ...]


def sections(words: str = "") -> list[Section]:
    """The rules by section, those that hold every word; resolutions last."""
    asked = base_id(words).casefold().split()
    grouped: dict[str, list[tuple[str, str, str]]] = {}
    for each in catalogue().values():
        _keep(grouped, f"{each.section} {each.section_title}", (each.id, each.title, each.requires),
              asked)  # fmt: skip
    for one in resolutions().values():
        _keep(grouped, "How we read what is unclear", (one.id, one.title, one.reading), asked)
    return [Section(title, tuple(rules)) for title, rules in grouped.items()]


def _keep(
    grouped: dict[str, list[tuple[str, str, str]]],
    section: str,
    rule: tuple[str, str, str],
    asked: list[str],
) -> None:
    held = " ".join(rule).casefold()
    if all(each in held for each in asked):
        grouped.setdefault(section, []).append(rule)
