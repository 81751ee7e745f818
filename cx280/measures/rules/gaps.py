"""Equity gaps: how far a group's share lies from that of the largest group, and how sure that is.

A gap says that two groups answered differently. It does not say why: they may have asked for other
things, through other channels, at other times.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cx280.circular.implements import implements
from cx280.measures.rules.basis import Basis
from cx280.measures.rules.scores import Share, add_up, share_agreeing
from cx280.measures.rules.suppression import Table, suppress
from cx280.stats.intervals import Difference, Verdict, compare_shares

NOT_ESTIMABLE = "not estimable"


class Way(StrEnum):
    """How people are told apart."""

    CHANNEL = "channel"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Gap:
    """A group beside the largest one of its kind; share and difference None where not estimable.

    difference: the group's share less that of the largest, -1 to 1; its interval holds for all
    gaps of the kind at once. With `self_selected` there is no interval: low and high mean nothing.
    """

    group: str
    share: Share | None
    difference: Difference | None
    is_largest: bool
    self_selected: bool

    @property
    def is_certain(self) -> bool:
        """Whether the group differs from the largest by more than chance."""
        return (
            self.difference is not None
            and not self.self_selected
            and self.difference.verdict is not Verdict.NO_EVIDENCE
        )


@dataclass(frozen=True, slots=True)
class Crossed:
    """Answers by channel and language: shares with all totals, and what is hidden of them.

    channels, languages: in the order of the table. shares: {(channel, language): share}; "" is all.
    """

    channels: tuple[str, ...]
    languages: tuple[str, ...]
    shares: Mapping[tuple[str, str], Share]
    hidden: Table

    def share(self, channel: str, language: str) -> Share | None:
        """The share of a cell or total; None where it may not be shown; n is 0 for nobody."""
        row = self.channels.index(channel) if channel else len(self.channels)
        column = self.languages.index(language) if language else len(self.languages)
        return None if self.hidden.hides(row, column) else self.shares[channel, language]


@implements("280.6-a1")
def crossed(
    counts: Mapping[tuple[str, str], Mapping[str, int]],
    scale: str,
    smallest: int = 10,
    basis: Basis = Basis.ASKED,
) -> Crossed:
    """Channel by language: cells of fewer than `smallest` people and those that reveal them hide.

    counts: {(channel, language): {code: people}}.
    """
    channels = tuple(sorted({channel for channel, _ in counts}))
    languages = tuple(sorted({language for _, language in counts}))
    shares = {
        (channel, language): share_agreeing(
            add_up(
                each
                for (c, l_), each in counts.items()
                if channel in {c, ""} and language in {l_, ""}
            ),
            scale,
            basis,
        )
        for channel in (*channels, "")
        for language in (*languages, "")
    }
    table = [[shares[channel, language].n for language in languages] for channel in channels]
    hidden = suppress(table, smallest) if table else Table(0, 0, frozenset())
    return Crossed(channels, languages, shares, hidden)


@implements("280.6-a3")
def gaps(
    groups: Sequence[tuple[str, Share | None]],
    *,
    self_selected: bool = False,
    confidence: float = 0.95,
) -> list[Gap]:
    """Each group beside the largest, largest first; “not estimable” where one of the two is hidden.

    groups: name and share, None where it may not be shown. With K groups each of the K - 1
    comparisons is held to a stricter level (Bonferroni), so that all intervals hold at once.
    """
    shown = [(name, share) for name, share in groups if share is not None and share.n]
    if not shown:
        return [Gap(name, None, None, False, self_selected) for name, _ in groups]
    largest, whole = max(shown, key=lambda each: each[1].n)
    strict = 1 - (1 - confidence) / max(1, len(shown) - 1)
    found = [
        Gap(
            name, share, _gap(whole, share, strict, name == largest), name == largest, self_selected
        )
        for name, share in shown
    ]
    found.sort(key=lambda each: -(each.share.n if each.share else 0))
    hidden = [Gap(name, None, None, False, self_selected) for name, share in groups
              if share is None]  # fmt: skip
    return [*found, *hidden]


def _gap(whole: Share, share: Share, confidence: float, is_largest: bool) -> Difference | None:
    if is_largest:
        return None
    return compare_shares((whole.successes, whole.n), (share.successes, share.n), confidence)


def widest(found: Mapping[Way, Sequence[Gap]]) -> tuple[Way, Gap] | None:
    """The largest certain gap and the way it was told apart; None where nothing is certain."""
    certain = [(way, gap) for way, each in found.items() for gap in each if gap.is_certain]
    return max(
        certain,
        key=lambda pair: abs(pair[1].difference.difference) if pair[1].difference else 0.0,
        default=None,
    )
