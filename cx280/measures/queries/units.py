"""The units of a service beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.agencies.models import Organization
from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.measures.models import Fact
from cx280.measures.queries.cuts import keys_of, versions_of
from cx280.measures.rules.basis import Basis, basis_of, weakest
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
from cx280.measures.rules.standing import Standing, leanings, standings
from cx280.measures.rules.suppression import is_too_few, suppress_line
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.stats.pooling import Pooled
from cx280.surveys.models import SurveyVersion


@dataclass(frozen=True, slots=True)
class UnitShare:
    """A unit's share; `hidden` when it is too small, or would give a small one away.

    leaning: the share drawn toward the average of the units shown; None with fewer than three.
    """

    unit: Organization
    share: Share
    standing: Standing
    hidden: bool
    leaning: Pooled | None = None

    @property
    def leaning_ends(self) -> tuple[float | None, float | None]:
        """The interval of `leaning`; (None, None) where the share itself may have none."""
        if self.leaning is None or self.share.bounds is None:
            return None, None
        return self.leaning.low, self.leaning.high


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
    def leans(self) -> bool:
        """Whether any unit has a share that leans on the average."""
        return any(row.leaning is not None for row in self.rows)

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
    watched: bool = False,
) -> UnitsCompared:
    """The units of a service beside each other on the question most of them were asked.

    watched: the quarter is not over, so who stands apart is held to a stricter test.
    """
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
            key = keys_of(known[version_id])[question_id]
            asked.append(_Asked(key, unit_id, counts, basis_of(document.placement)))
    return _compare(asked, smallest, watched=watched)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a version's question got in a unit; unit: None for all of them."""

    key: Key
    unit: int | None
    counts: Counts
    basis: Basis


def _compare(asked: Sequence[_Asked], smallest: int, *, watched: bool) -> UnitsCompared:
    """Units of the key with most answers; the others apart."""
    chosen = _chosen(asked)
    if chosen is None:
        return UnitsCompared((), share_agreeing({}), False, 0, ())
    shares = _shares([each for each in asked if each.key == chosen], chosen)
    whole = shares.pop(None)
    units = Organization.objects.in_bulk({each.unit for each in asked if each.unit is not None})
    without = whole.n - sum(share.n for share in shares.values())
    hidden, shows_without = _hide([share.n for share in shares.values()], without, smallest)
    measured = list(shares.values())
    found = [
        UnitShare(units[unit_id], share, standing, is_hidden, leaning)
        for unit_id, share, standing, is_hidden, leaning in zip(
            (each for each in shares if each is not None),
            measured,
            standings(measured, watched=watched),
            hidden,
            leanings(measured, hidden),
            strict=True,
        )
        if share.n
    ]
    # Hidden ones by name: their order must not tell which of them is lower.
    found.sort(key=lambda row: (row.hidden, 0 if row.hidden else row.share.share, row.unit.name))
    apart = comparison(
        [(each.key, units[each.unit].name) for each in asked if each.unit is not None], chosen
    ).apart
    return UnitsCompared(
        tuple(found),
        whole,
        is_too_few(whole.n, smallest),
        without if shows_without else None,
        apart,
    )


def _chosen(asked: Sequence[_Asked]) -> Key | None:
    """The key with most answers over all units."""
    totals: dict[Key, int] = {}
    for each in asked:
        if each.unit is None:
            totals[each.key] = totals.get(each.key, 0) + sum(each.counts.values())
    return max(totals, key=lambda key: totals[key], default=None)


def _shares(asked: Sequence[_Asked], key: Key) -> dict[int | None, Share]:
    """The share of each unit, and of all of them (None); only for parts of one key."""
    basis = weakest(each.basis for each in asked)
    by_unit: dict[int | None, dict[str, int]] = {}
    for each in asked:
        by_unit[each.unit] = add_up([by_unit.get(each.unit, {}), each.counts])
    return {unit: share_agreeing(counts, key.scale, basis) for unit, counts in by_unit.items()}


def _hide(units: list[int], without: int, smallest: int) -> tuple[Sequence[bool], bool]:
    """Which units are hidden, and whether the answers without a unit may be shown.

    They may while the units together may: a total less the one is the other.
    """
    if is_too_few(without, smallest):
        return suppress_line([*units, without], smallest).hidden[:-1], False
    line = suppress_line(units, smallest)
    return line.hidden, not line.total_hidden
