"""The words of this folder: how a step feels."""

from __future__ import annotations

# From the worst to the best; what is drawn of a step names its source.
FEELINGS: dict[int, str] = {
    -2: "very bad",
    -1: "bad",
    0: "neither good nor bad",
    1: "good",
    2: "very good",
}
MOST_STEPS = 100


def feeling_words(feeling: int | None) -> str:
    """`very good`; "" where nobody said."""
    return FEELINGS[feeling] if feeling is not None else ""
