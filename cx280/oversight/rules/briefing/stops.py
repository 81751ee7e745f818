"""Where people stop on the website of a service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.oversight.rules.slides import Lines, Slide, Table
from cx280.pages.written import number, percent
from cx280.telemetry.rules.funnels import Stage


@dataclass(frozen=True, slots=True)
class Stops:
    """A flow of a service with its places; finding: where most stop, in words."""

    service: str
    flow: str
    stages: Sequence[Stage]
    finding: str
    period: str


@implements("280.14-d2")
def stops_slide(found: Stops, key: str) -> Slide:
    """The places of a flow with how many get there and how many stop before."""
    shown = any(each.reached is not None and each.reached.n for each in found.stages)
    said = found.finding.partition(": between")[0] if shown else "too few visits to show"
    return Slide(
        key,
        f"{found.flow}: {said[:1].lower()}{said[1:]}",
        (
            Table(
                f"“{found.flow}” of {found.service}, {found.period}",
                ("Place", "Visits that got there", "Of those who started", "Stopped before it"),
                tuple(map(_row, found.stages)),
            ),
            Lines(
                (
                    "Visits of browsers that run scripts, counted and not drawn. Nobody is "
                    "followed from one visit to the next.",
                )
            ),
        ),
        (f"{found.finding}.", "Say what was changed in the flow, and when."),
        ("280.7-d1", "280.10-b5"),
    )


def _row(stage: Stage) -> tuple[str, str, str, str]:
    if stage.reached is None:
        return (stage.name, "too few to show", "", "")
    stopped = ""
    if stage.stopped is not None:
        stopped = f"{percent(stage.stopped.share)} of {number(stage.stopped.n)}"
        stopped += f" (since {stage.after})" if stage.after else ""
    return (stage.name, number(stage.reached.part), percent(stage.reached.share), stopped)
