"""What changed since last year, which only one version of a template can tell (280.8-b6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cx280.circular.implements import implements


@dataclass(frozen=True, slots=True)
class Change:
    """A function’s level last year and this; either is None where it was not evidenced."""

    name: str
    before: int | None
    now: int | None

    @property
    def words(self) -> str:
        """`up 1 level`, `no change`, or why nothing can be said."""
        if self.before is None or self.now is None:
            return "not evidenced in both years"
        moved = self.now - self.before
        if moved == 0:
            return "no change"
        return f"{'up' if moved > 0 else 'down'} {abs(moved)} level{'s'[: abs(moved) != 1]}"


@dataclass(frozen=True, slots=True)
class Years:
    """The changes by function, or why there are none."""

    changes: tuple[Change, ...] = ()
    why_not: str = ""


@implements("280.8-b6")
def year_on_year(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> Years:
    """From two contents as signed (content.py): compared only within one template version."""
    if before is None:
        return Years(why_not="There is no signed one of the year before.")
    then, today = before["template"], now["template"]
    if (then["code"], then["version"]) != (today["code"], today["version"]):
        return Years(
            why_not=(
                f"Last year’s was answered under {then['code']}, version {then['version']}, this"
                f" one under {today['code']}, version {today['version']}. Their levels mean"
                " different things, so no change is shown."
            )
        )
    earlier = {each["code"]: each["level"] for each in before["functions"]}
    return Years(
        tuple(
            Change(each["name"], earlier.get(each["code"]), each["level"])
            for each in now["functions"]
        )
    )
