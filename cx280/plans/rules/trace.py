"""From what was learned to what is done: what shows a pain point, which action answers it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.plans.rules.vocabulary import EvidenceKind


@dataclass(frozen=True, slots=True)
class Traced:
    """An action with its pain point ("" for none) and the kinds of evidence behind that."""

    action: str
    pain_point: str
    kinds: Sequence[EvidenceKind]


@dataclass(frozen=True, slots=True)
class Trace:
    """Actions, the pain points that no action answers, and the studies that nothing rests on."""

    actions: Sequence[Traced]
    unanswered: Sequence[str]
    unused_studies: Sequence[str]


@dataclass(frozen=True, slots=True)
class LooseEnds:
    """What leads nowhere, by name, and how many actions stand on research with people."""

    actions: list[str]
    pain_points: list[str]
    studies: list[str]
    human_centered: int
    all_actions: int

    @property
    def share(self) -> float | None:
        """The share of actions with at least one piece of human-centered evidence."""
        return self.human_centered / self.all_actions if self.all_actions else None


@implements("280.4-b4", "280.8-b10")
def loose_ends(trace: Trace) -> LooseEnds:
    """The actions that reach no evidence, the pain points and studies that reach no action."""
    return LooseEnds(
        [each.action for each in trace.actions if not each.pain_point or not each.kinds],
        list(trace.unanswered),
        list(trace.unused_studies),
        sum(_is_human_centered(each.kinds) for each in trace.actions),
        len(trace.actions),
    )


def _is_human_centered(kinds: Iterable[EvidenceKind]) -> bool:
    return any(each.is_human_centered for each in kinds)
