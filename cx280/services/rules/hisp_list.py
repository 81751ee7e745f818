"""OMB's list of High-Impact Service Providers, read as of a day and against a new version."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable

REASONS = frozenset({"", "large_base", "high_impact", "both"})
_CODE = re.compile(r"[-a-z0-9_]{1,60}")


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


def read_list(text: str) -> list[Entry]:
    """The rows of a list as CSV: code, name, organization, reason (which may be absent).

    Raises Unusable for another header or a row without code or name.
    """
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff").strip(), newline=""))
    header = [each.strip() for each in reader.fieldnames or []]
    if header[:3] != ["code", "name", "organization"] or header[3:] not in ([], ["reason"]):
        raise Unusable("The first line must be: code,name,organization,reason.", field="text")
    reader.fieldnames = header
    return [_entry(number, row) for number, row in enumerate(reader, start=2)]


def _entry(number: int, row: dict[str, str | None]) -> Entry:
    code, name = (row["code"] or "").strip(), (row["name"] or "").strip()
    reason = (row.get("reason") or "").strip()
    if not _CODE.fullmatch(code) or not 0 < len(name) <= 200:
        raise Unusable(f"Line {number} needs a code of letters, digits and hyphens, and a name.")
    if reason not in REASONS:
        raise Unusable(f"Line {number}: the reason is one of {', '.join(sorted(REASONS)[1:])}.")
    return Entry(code, name, (row["organization"] or "").strip(), reason)
