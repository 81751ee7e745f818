"""How an indicator names the figure it is bound to: one line, read back into its parts.

| written                     | what it is                                                      |
|-----------------------------|-----------------------------------------------------------------|
| `trust`, `ease` …           | the share that agrees, as the dashboard of the service shows it |
| `finished:FLOW`             | the share of visits that finish a flow on a website             |
| `group:WAY:GROUP:CONSTRUCT` | the share that agrees in one language or channel                |
| `participation`             | customers in the year of those who could use the service        |
| `level:NAME`                | a service-level indicator of the quarter reports                |
"""

from __future__ import annotations

from dataclasses import dataclass

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable

PARTICIPATION = "participation"
_PARTS = {"finished": 1, "group": 3, "level": 1}


@dataclass(frozen=True, slots=True)
class Measure:
    """kind: survey, finished, group, participation or level. name: the construct, flow or level;
    way and group: of a group only."""

    kind: str
    name: str
    way: str = ""
    group: str = ""

    @property
    def written(self) -> str:
        """The line it is stored as."""
        if self.kind == "survey":
            return self.name
        if self.kind == "group":
            return f"group:{self.way}:{self.group}:{self.name}"
        return PARTICIPATION if self.kind == "participation" else f"{self.kind}:{self.name}"

    @property
    def is_share(self) -> bool:
        """Whether its values lie between 0 and 1 and read as percent."""
        return self.kind != "level"

    @property
    def is_feedback(self) -> bool:
        """Whether customers said it in a survey of 280.10."""
        return self.kind in {"survey", "group"}

    @property
    @implements("280.0-a4")
    def is_service_level(self) -> bool:
        """Whether it tells how the service runs or its website is used (280.12-a3)."""
        return self.kind in {"level", "finished"}


def read_measure(written: str) -> Measure | None:
    """The measure in a stored line; None for "", which is bound to nothing."""
    if not written:
        return None
    kind, colon, rest = written.partition(":")
    if not colon:
        if written == PARTICIPATION:
            return Measure("participation", PARTICIPATION)
        return Measure("survey", written)
    if kind not in _PARTS or not rest:
        raise Unusable(f"“{written}” is not a measure.", field="measure")
    if kind != "group":
        return Measure(kind, rest)
    parts = rest.split(":")
    if len(parts) != _PARTS["group"] or not all(parts):
        raise Unusable(f"“{written}” is not a measure.", field="measure")
    way, group, construct = parts
    return Measure("group", construct, way, group)
