"""The units of a service beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.models import Fact
from cx280.measures.queries.cuts import keys_of, versions_of
from cx280.measures.rules.comparability import (
    Apart,
    Key,
    comparison,
    construct_of,
    has_score,
)
from cx280.measures.rules.scores import (
    Counts,
    Share,
    add_up,
    share_agreeing,
)
from cx280.measures.rules.standing import Standing, standings
from cx280.measures.rules.suppression import is_too_few, suppress_line
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion


@dataclass(frozen=True, slots=True)
class UnitShare:
    """A unit's share; `hidden` when it is too small, or would give a small one away."""

    unit: Organization
    share: Share
    standing: Standing
    hidden: bool


@dataclass(frozen=True, slots=True)
class UnitsCompared:
    """The units of a service beside each other, lowest share first, hidden ones last.

    without_unit: answers that named no unit or an unknown one; None when hidden. apart: units
    (names) whose question differs, with the reason.
    """

    rows: tuple[UnitShare, ...]
    total: Share
    total_hidden: bool
    without_unit: int | None
    apart: tuple[Apart[str], ...]

    @property
    def coded(self) -> float | None:
        """The share of answers that carry a unit, 0 to 1 (280.10-q1); None for none, or hidden."""
        if self.total.n == 0 or self.without_unit is None:
            return None
        return 1 - self.without_unit / self.total.n


@implements("280.10-q1")
def units_compared(
    service: Service,
    quarter: Quarter,
    construct: str,
    *,
    channel: str = "",
    smallest: int = 10,
    versions: Sequence[SurveyVersion] | None = None,
) -> UnitsCompared:
    """The units of a service beside each other on the question most of them were asked."""
    known = {each.pk: each for each in (versions if versions is not None else versions_of(service))}
    rows = (
        Fact.objects.filter(
            service=service, starts_on=quarter.first_day, channel=channel, polarity=""
        )
        .exclude(question="")
        .values_list("version_id", "question", "unit_id", "counts")
    )
    asked = []
    for version_id, question_id, unit_id, counts in rows:
        document = document_by(version_id, known[version_id].digest)
        question = document.question(question_id)
        if question and has_score(question) and construct_of(question) == construct:
            asked.append((keys_of(known[version_id])[question_id], unit_id, counts))
    return _compare(asked, smallest)


def _compare(asked: Sequence[tuple[Key, int | None, Counts]], smallest: int) -> UnitsCompared:
    """Units of the key with most answers; the others apart."""
    totals: dict[Key, int] = {}
    for key, unit_id, counts in asked:
        if unit_id is None:
            totals[key] = totals.get(key, 0) + sum(counts.values())
    if not totals:
        return UnitsCompared((), share_agreeing({}), False, 0, ())
    chosen = max(totals, key=lambda key: totals[key])
    by_unit: dict[int | None, dict[str, int]] = {}
    for key, unit_id, counts in asked:
        if key == chosen:
            by_unit[unit_id] = add_up([by_unit.get(unit_id, {}), counts])
    whole = share_agreeing(by_unit.pop(None), chosen.scale)
    units = Organization.objects.in_bulk(
        {unit_id for _, unit_id, _ in asked if unit_id is not None}
    )
    named = {unit_id: counts for unit_id, counts in by_unit.items() if unit_id is not None}
    shares = {unit_id: share_agreeing(counts, chosen.scale) for unit_id, counts in named.items()}
    without = whole.n - sum(share.n for share in shares.values())
    hidden, shows_without = _hide([share.n for share in shares.values()], without, smallest)
    found = [
        UnitShare(units[unit_id], share, standing, is_hidden)
        for (unit_id, share), standing, is_hidden in zip(
            shares.items(), standings(list(shares.values())), hidden, strict=True
        )
        if share.n
    ]
    found.sort(key=lambda row: (row.hidden, row.share.share or 0, row.unit.name))
    apart = comparison(
        [(key, units[unit_id].name) for key, unit_id, _ in asked if unit_id is not None], chosen
    ).apart
    return UnitsCompared(
        tuple(found),
        whole,
        is_too_few(whole.n, smallest),
        without if shows_without else None,
        apart,
    )


def _hide(units: list[int], without: int, smallest: int) -> tuple[Sequence[bool], bool]:
    """Which units are hidden, and whether the answers without a unit may be shown.

    They may while the units together may: a total less the one is the other.
    """
    if is_too_few(without, smallest):
        return suppress_line([*units, without], smallest).hidden[:-1], False
    line = suppress_line(units, smallest)
    return line.hidden, not line.total_hidden
