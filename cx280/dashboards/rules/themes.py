"""What may be said of themes: shares, changes, and who writes about what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cx280.measures.rules.basis import Basis
from cx280.measures.rules.scores import Share, share_of
from cx280.measures.rules.themes.codebook import Codebook, Theme
from cx280.pages.written import points
from cx280.stats.intervals import Difference, Verdict, compare_shares

FEWEST = 10  # comments before shares are drawn and a finding is stated
_CONFIDENCE = 0.95
_WHOLE = "praise"  # names no subject, so it never leads a title


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme in a quarter. share: of the comments; ratings: its comments by rating.

    change: against the comments of the quarter before, None when too few wrote in either.
    leans: HIGHER when people who rated low write about it more than people who rated high.
    """

    theme: Theme
    share: Share
    ratings: Mapping[str, int]
    change: Difference | None
    leans: Verdict

    @property
    def change_words(self) -> str:
        """`up 4 points`, `no evidence of change`, or that there is nothing to compare with."""
        if self.change is None:
            return "nothing to compare with"
        if self.change.verdict is Verdict.NO_EVIDENCE:
            return Verdict.NO_EVIDENCE.value
        return points(self.change.difference)

    @property
    def leans_words(self) -> str:
        """Which raters write about it more, where chance does not explain it."""
        said = {Verdict.HIGHER: "more under low ratings", Verdict.LOWER: "more under high ratings"}
        return said.get(self.leans, "")


def lines_of(
    codebook: Codebook,
    everybody: Mapping[str, int],
    themes: Mapping[str, Mapping[str, int]],
    before: tuple[int, Mapping[str, int]],
    basis: Basis = Basis.ASKED,
) -> list[ThemeLine]:
    """The themes that comments have, the most frequent first.

    everybody: comments by rating; themes: {code: comments by rating}; before: comments of the
    quarter before, and {code: comments}. Many themes are compared at once, so each comparison is
    held to 95 % divided among them (Bonferroni): else every quarter would have its false alarm.
    """
    total = sum(everybody.values())
    found = [each for each in codebook.themes if sum(themes.get(each.code, {}).values())]
    sure = 1 - (1 - _CONFIDENCE) / max(len(found), 1)
    lines = []
    for theme in found:
        ratings = Counter(themes[theme.code])
        n = ratings.total()
        lines.append(
            ThemeLine(
                theme,
                share_of(n, total, basis),
                ratings,
                _change(before, theme.code, n, total, sure),
                _leans(everybody, ratings, sure),
            )
        )
    return sorted(lines, key=lambda line: -line.share.successes)


def _change(
    before: tuple[int, Mapping[str, int]], code: str, n: int, total: int, sure: float
) -> Difference | None:
    whole, counts = before
    if min(whole, total) < FEWEST:
        return None
    return compare_shares((counts.get(code, 0), whole), (n, total), sure)


def _leans(everybody: Mapping[str, int], ratings: Mapping[str, int], sure: float) -> Verdict:
    low = (ratings.get("low", 0), everybody.get("low", 0))
    high = (ratings.get("high", 0), everybody.get("high", 0))
    return compare_shares(high, low, sure).verdict


def themes_title(service: str, lines: Sequence[ThemeLine], total: int) -> str:
    """`People who rate Boat permits low write most about waiting`, if the numbers bear it.

    The theme named has clearly more comments under low ratings than the next one; else nothing
    is singled out.
    """
    first = _ahead([line for line in lines if line.theme.code != _WHOLE], "low")
    if total >= FEWEST and first is not None:
        return f"People who rate {service} low write most about {_small(first.theme.name)}"
    return f"What people say about {service}"


def most_named(lines: Sequence[ThemeLine]) -> str:
    """`Most often named: waiting (41), phone (32) and forms (9).`; "" where nothing was named."""
    named = [
        f"{_small(line.theme.name)} ({line.share.successes:,})"
        for line in lines
        if line.theme.code != _WHOLE
    ][:3]
    if not named:
        return ""
    last = f" and {named[-1]}" if len(named) > 1 else named[-1]
    return f"Most often named: {', '.join(named[:-1])}{last}."


def _ahead(lines: Sequence[ThemeLine], rating: str) -> ThemeLine | None:
    ordered = sorted(lines, key=lambda line: -line.ratings.get(rating, 0))
    if not ordered:
        return None
    counts = [line.ratings.get(rating, 0) for line in ordered[:2]]
    if len(counts) == 1:
        return ordered[0] if counts[0] >= FEWEST else None
    # Two shares of the same comments: of those that name one of the two, is it more than half?
    low = share_of(counts[0], sum(counts)).low
    return ordered[0] if counts[0] >= FEWEST and low > 0.5 else None


def _small(name: str) -> str:
    """The name within a sentence; an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
