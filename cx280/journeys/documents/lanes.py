"""What is drawn of a journey: its steps with the words on each lane."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from cx280.journeys.rules.record import MapRecord, StepRecord
from cx280.journeys.rules.vocabulary import feeling_words
from cx280.services.rules.vocabulary import Channel

View = Literal["map", "blueprint", "whole"]
LANES: Mapping[View, tuple[str, ...]] = {
    "map": ("Thinks", "Source", "Channel", "Owner"),
    "blueprint": ("In front", "Behind", "Systems", "Policy", "Owner"),
    "whole": ("Thinks", "Source", "Channel", "In front", "Behind", "Systems", "Policy", "Owner"),
}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A step as it is drawn. elsewhere: whether another agency owns it."""

    number: int
    name: str
    is_moment: bool = False
    elsewhere: bool = False
    feeling: int | None = None
    lanes: Mapping[str, str] = field(default_factory=dict)

    @property
    def felt(self) -> str:
        """How it feels, in words."""
        return feeling_words(self.feeling)


def drawn(record: MapRecord, owners: Sequence[str], elsewhere: Sequence[bool]) -> list[Drawn]:
    """The steps with their lanes. owners: who owns each, in words."""
    return [
        Drawn(
            number, step.name, bool(step.moment), away, step.feeling, _lanes(step, owner)
        )
        for number, (step, owner, away) in enumerate(
            zip(record.steps, owners, elsewhere, strict=True), start=1
        )
    ]  # fmt: skip


def _lanes(step: StepRecord, owner: str) -> dict[str, str]:
    return {
        "Thinks": step.thinks,
        "Source": step.source,
        "Channel": Channel.of(step.channel).label if step.channel else "",
        "In front": step.front_stage,
        "Behind": step.back_stage,
        "Systems": ", ".join(step.systems),
        "Policy": step.policy,
        "Owner": owner,
    }


def described(steps: Sequence[Drawn], name: str) -> str:
    """The drawing in one sentence for those who cannot see it; the table has the rest."""
    moments = [each.name for each in steps if each.is_moment]
    felt = [f"{each.name} feels {feeling_words(each.feeling)}" for each in steps
            if each.feeling is not None]  # fmt: skip
    said = f"{name}: {len(steps)} steps, from {steps[0].name} to {steps[-1].name}." if steps else ""
    said += f" Moments that matter: {', '.join(moments)}." if moments else ""
    return said + (f" {'; '.join(felt)}." if felt else "")
