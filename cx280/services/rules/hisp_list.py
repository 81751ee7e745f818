"""OMB's list of High-Impact Service Providers, read as of a day and against a new version."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both included; an open end is None."""

    since: date | None
    until: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

    def __str__(self) -> str:
        return f"{self.since or ''}/{self.until or ''}"

    @classmethod
    def parse(cls, written: str) -> Period:
        """The period written as `2018-10-01/2020-09-30`; either side may be blank."""
        since, _, until = written.partition("/")
        try:
            return cls(
                date.fromisoformat(since) if since else None,
                date.fromisoformat(until) if until else None,
            )
        except ValueError:
            raise Unusable(f"“{written}” is not a period of days.") from None


@implements("280.13-a1")
def was_designated(periods: Iterable[Period], on: date) -> bool:
    """Whether the provider was one on that day."""
    return any(on in period for period in periods)


@dataclass(frozen=True, slots=True)
class NameChange:
    """A provider's name before and after a day."""

    before: str
    after: str
    effective_on: date


def name_on(name: str, changes: Sequence[NameChange], on: date) -> str:
    """The provider's name on that day; `name` is today's, `changes` oldest first."""
    for each in changes:
        if on < each.effective_on:
            return each.before
    return name


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the list: a code, a name, and the unit's code the provider belongs to."""

    code: str
    name: str
    organization: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """What a new version of the list changes, each sorted by code."""

    added: tuple[Entry, ...] = ()
    removed: tuple[Entry, ...] = ()
    renamed: tuple[tuple[Entry, Entry], ...] = ()  # before, after

    @property
    def is_empty(self) -> bool:
        """Whether the two versions are the same."""
        return not (self.added or self.removed or self.renamed)


@implements("280.13-a2")
def difference(before: Iterable[Entry], after: Iterable[Entry]) -> Difference:
    """What is in one version and not in the other; providers are the same when codes are."""
    old = {each.code: each for each in before}
    new = {each.code: each for each in after}
    return Difference(
        added=tuple(new[code] for code in sorted(new.keys() - old.keys())),
        removed=tuple(old[code] for code in sorted(old.keys() - new.keys())),
        renamed=tuple(
            (old[code], new[code])
            for code in sorted(old.keys() & new.keys())
            if old[code].name != new[code].name
        ),
    )
