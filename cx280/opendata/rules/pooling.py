"""Adding answers up, only within one comparability key: different questions are never averaged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.opendata.rules.published import Figure
from cx280.pages import written
from cx280.reporting.rules.comparing import asked_how, measured, why_apart
from cx280.stats.intervals import wilson


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A figure that does not stand in the pool, and why."""

    figure: Figure
    reason: str


@dataclass(frozen=True, slots=True)
class Pool:
    """Answers to the same question asked the same way, added up.

    share: who agree, 0 to 1, None when too few answered. interval: None where some people found
    the survey by themselves. left_out: figures about the same thing that may not be added.
    """

    key: str
    share: float | None
    interval: tuple[float, float] | None
    n: int
    figures: tuple[Figure, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def measures(self) -> str:
        """What is measured: trust_change, trust_level, satisfaction …"""
        return measured(self.key)

    @property
    def asked_how(self) -> str:
        """How the question was worded, answered and asked, in words."""
        return asked_how(self.key)

    @property
    def services(self) -> list[str]:
        """The names of the services it holds, in alphabetical order."""
        return sorted({each.published.content.service.name for each in self.figures})

    @property
    def leader(self) -> tuple[str, float] | None:
        """The service that more than half of the answers are about, with its part; else None."""
        if len(self.services) < 2:
            return None
        n: dict[str, int] = {}
        for each in self.figures:
            name = each.published.content.service.name
            n[name] = n.get(name, 0) + (each.n or 0)
        name = max(n, key=lambda each: n[each])
        part = n[name] / self.n
        return (name, part) if part > 0.5 else None

    @property
    def how_sure(self) -> str:
        """How sure the share is, in words."""
        if self.is_self_selected:
            return "people found the survey by themselves: no margin of error"
        if self.interval is None or self.share is None:
            return ""
        low, high = self.interval
        if max(self.share - low, high - self.share) < 0.005:
            return "give or take less than half a point"
        return written.between(self.interval)

    @property
    def is_self_selected(self) -> bool:
        """Whether people found some of the surveys by themselves."""
        return any(each.survey.self_selected for each in self.figures)


def by_key(figures: Iterable[Figure]) -> dict[str, list[Figure]]:
    """The figures grouped by comparability key, in the order met."""
    groups: dict[str, list[Figure]] = {}
    for each in figures:
        groups.setdefault(each.question.comparable, []).append(each)
    return groups


@implements("280.4-f1")
def pool(key: str, figures: Sequence[Figure]) -> Pool:
    """The figures of one key added up; those whose share is hidden are left out, and say so."""
    shown = [each for each in figures if each.share is not None and each.n]
    hidden = [LeftOut(each, _why_hidden(each)) for each in figures if each not in shown]
    n = sum(each.n or 0 for each in shown)
    agreeing = sum(round((each.share or 0.0) * (each.n or 0)) for each in shown)
    sure = bool(shown) and not any(each.survey.self_selected for each in shown)
    return Pool(
        key=key,
        share=agreeing / n if n else None,
        interval=wilson(agreeing, n) if sure else None,
        n=n,
        figures=tuple(shown),
        left_out=tuple(hidden),
    )


@implements("280.8-b8", "280.10-a2")
def largest_pool(figures: Sequence[Figure]) -> Pool | None:
    """The pool of most services, then of most answers; every other figure apart, with the reason.

    None when no figure has a share to show.
    """
    pools = [pool(key, group) for key, group in by_key(figures).items()]
    known = [each for each in pools if each.share is not None]
    if not known:
        return None
    best = max(known, key=lambda each: (len(each.services), each.n))
    apart = [
        LeftOut(figure, why_apart(best.key, figure.question.comparable) or "")
        for figure in figures
        if figure.question.comparable != best.key
    ]
    return Pool(best.key, best.share, best.interval, best.n, best.figures, (*best.left_out, *apart))


def _why_hidden(figure: Figure) -> str:
    if figure.is_suppressed:
        return "Too few to show."
    return "No share can be told." if figure.n else "Nobody answered."
