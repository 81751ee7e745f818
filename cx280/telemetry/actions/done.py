"""What one counting of events did, in numbers and in words."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date


@dataclass(slots=True)
class Done:
    """Days of services that were counted, and how many of their parts were kept.

    late: events left out, as their days are final. final: days of services asked for that are.
    is_behind: something is left for the next run. out_of: seconds of processor time it may take.
    """

    days: set[tuple[int, date]] = field(default_factory=set)
    parts: int = 0
    late: int = 0
    final: int = 0
    is_behind: bool = False
    milliseconds: int = 0
    out_of: float | None = None
    _began: float = field(default_factory=time.process_time)

    @property
    def is_spent(self) -> bool:
        """Whether it has taken the processor time it may, and has counted something at least."""
        if self.out_of is None or not self.parts:
            return False
        return time.process_time() - self._began >= self.out_of

    def close(self) -> Done:
        """Itself, with the processor time that it took."""
        self.milliseconds = round((time.process_time() - self._began) * 1000)
        return self

    def as_data(self) -> dict[str, object]:
        """Its numbers by name, as JSON carries them."""
        days = [day for _, day in self.days]
        return {
            "days": len(set(days)),
            "services": len({service for service, _ in self.days}),
            "first": min(days).isoformat() if days else None,
            "last": max(days).isoformat() if days else None,
            "parts": self.parts,
            "late": self.late,
            "final": self.final,
            "is_behind": self.is_behind,
            "milliseconds": self.milliseconds,
        }

    def in_words(self) -> list[str]:
        """The same in a few sentences."""
        told = self.as_data()
        lines = ["Nothing was to be counted."]
        if self.days:
            lines = [
                f"Counted days: {told['days']}, from {told['first']} to {told['last']}; "
                f"services: {told['services']}; "
                f"processor time: {self.milliseconds / 1000:.1f} seconds."
            ]
        if self.late:
            lines.append(f"Events left out, as they came too late for final days: {self.late}.")
        if self.final:
            lines.append(
                f"Days of services that are final, so they stay as they are: {self.final}. "
                "Their events may be forgotten."
            )
        if self.is_behind:
            lines.append("Others count too: run it again for the rest.")
        return lines
