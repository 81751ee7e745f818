"""Urgent language measured: `python -m benchmarks.urgency` writes docs/studies/urgency.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from benchmarks.comments.urgent import labelled, unseen
from benchmarks.redaction import comments_of
from cx280.responses.rules.urgency import UrgencyKind, urgency_of

PAGE = Path("docs/studies/urgency.md")
SAMPLE = 6000
_TEXT = """# How well words that cannot wait are found

`python -m benchmarks.urgency` makes this page again. Recall: of what is urgent, the share
found under any kind. Precision: of what was found, the share that is urgent.

## {n:,} made-up comments

A third urgent, the others idioms (“this line is killing me”), grief, and ordinary sentences around
them. The rule was improved while looking at these, so they flatter.

{own}

## Sentences written afterwards

Each once, and nothing was changed because of one of them.

{unseen}

## Real comments

Nobody marked them. The rule fires at {rates}.
"""


def main() -> None:
    """Prints and writes the page."""
    rates = [
        f"{sum(urgency_of(each) is not None for each in texts)} of {len(texts):,} ({name})"
        for name, texts in comments_of().items()
    ]
    page = _TEXT.format(
        n=SAMPLE,
        own=_table(labelled(SAMPLE)),
        unseen=_table(unseen()),
        rates=" and ".join(rates) or "none: they are not on this machine",
    )
    print(page)
    PAGE.write_text(page, encoding="utf-8")


def _table(texts: Iterable[tuple[str, str]]) -> str:
    counts: Counter[tuple[str, str]] = Counter()
    for text, kind in texts:
        urgency = urgency_of(text)
        counts[kind, urgency.kind.value if urgency else ""] += 1
    rows = ["| kind | urgent | found | as that kind |", "|---|---:|---:|---:|"]
    for kind in UrgencyKind:
        mine = {got: n for (real, got), n in counts.items() if real == kind.value}
        seen = sum(n for got, n in mine.items() if got)
        right = mine.get(kind.value, 0)
        rows.append(f"| {kind.label} | {sum(mine.values()):,} | {seen:,} | {right:,} |")
    urgent = sum(n for (real, _), n in counts.items() if real)
    found = sum(n for (real, got), n in counts.items() if real and got)
    wrong = sum(n for (real, got), n in counts.items() if not real and got)
    calm = sum(n for (real, _), n in counts.items() if not real)
    recall, precision = found / urgent, found / (found + wrong)
    said = (
        f"Recall {recall:.3f}, precision {precision:.3f}; {wrong} of {calm:,} that can wait fired."
    )
    return "\n".join([*rows, "", said])


if __name__ == "__main__":
    main()
