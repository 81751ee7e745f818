"""The coverage study as a page of the documentation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LOWEST, HIGHEST = 0.93, 0.97


@dataclass(frozen=True, slots=True)
class Table:
    """Coverage, 0 to 1, by sample size (rows) and by share or kind of answers (columns)."""

    sizes: Sequence[int]
    columns: Sequence[float | str]
    cells: Sequence[Sequence[float]]

    @property
    def outside(self) -> list[tuple[int, float | str, float]]:
        """The cells that lie outside 93 to 97 %, as (size, column, coverage)."""
        return [
            (n, column, cell)
            for n, row in zip(self.sizes, self.cells, strict=True)
            for column, cell in zip(self.columns, row, strict=True)
            if not LOWEST <= cell <= HIGHEST
        ]

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest coverage."""
        every = [cell for row in self.cells for cell in row]
        return min(every), max(every)

    def as_markdown(self) -> str:
        """The table in percent; cells outside 93 to 97 are bold."""
        heads = [f"{each:g}" if isinstance(each, float) else each for each in self.columns]
        lines = [f"| n | {' | '.join(heads)} |", "|---:|" + "---:|" * len(heads)]
        for n, row in zip(self.sizes, self.cells, strict=True):
            lines.append(f"| {n:,} | {' | '.join(_percent(each) for each in row)} |")
        return "\n".join(lines)


def _percent(cell: float) -> str:
    written = f"{100 * cell:.1f}"
    return written if LOWEST <= cell <= HIGHEST else f"**{written}**"


def summary(table: Table) -> str:
    """How many cells are outside, and the span, in one sentence."""
    low, high = table.span
    cells = len(table.sizes) * len(table.columns)
    return (
        f"{len(table.outside)} of {cells} cells lie outside 93 to 97 %; "
        f"the lowest is {100 * low:.1f}, the highest {100 * high:.1f}."
    )


def page(tables: dict[str, Table], impossible: Sequence[tuple[int, float]], samples: int) -> str:
    """The whole page; its words are in coverage_page.md."""
    words = Path(__file__).with_name("coverage_page.md").read_text(encoding="utf-8")
    exact = tables["exact"]
    return words.format(
        samples=f"{samples:,}",
        outside=", ".join(
            f"n {n:,} at {part:g} ({100 * cell:.1f})" for n, part, cell in exact.outside
        ),
        never=", ".join(f"n {n:,} at {part:g}" for n, part in impossible),
        strata=_by_method(tables, "strata"),
        clusters=_by_method(tables, "clusters"),
        **{name: _shown(tables[name]) for name in ("exact", "nearby", "student", "scale")},
    )


def _by_method(tables: dict[str, Table], study: str) -> str:
    return "\n\n".join(
        f"### {key.removeprefix(study).strip()}\n\n{_shown(table)}"
        for key, table in tables.items()
        if key.startswith(study)
    )


def _shown(table: Table) -> str:
    return f"{table.as_markdown()}\n\n{summary(table)}"
