"""Rules with what they are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cx280.circular.catalogue import catalogue, resolutions
from cx280.oversight.rules.findings import Raised


@dataclass(frozen=True, slots=True)
class Titled:
    """A rule that was raised, with its title."""

    raised: Raised
    title: str


def title_of(rule: str) -> str:
    """A few words on what the rule asks; "" for an id that the catalogue does not know."""
    found = catalogue().get(rule) or resolutions().get(rule)
    return found.title if found else ""


def titled(raised: Iterable[Raised]) -> list[Titled]:
    """Each with its title."""
    return [Titled(each, title_of(each.rule)) for each in raised]
