"""Filter: one choice above a page, kept in its address; drawn by `{% filter_bar filters %}`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """A select named `name`; `choices` are (value, words), `value` is the one chosen."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    value: str = ""

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """(value, words, whether chosen) for each choice."""
        return [(value, said, value == self.value) for value, said in self.choices]
