"""What a finder gives back: places in a text, and what stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A place in the text, as Python slices it, and what stands there."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text that may be kept, and the spans of the original that were taken out."""

    text: str
    spans: tuple[Span, ...]


Finder = Callable[[str], Iterator[Span]]


def trimmed(text: str, start: int, end: int, kind: str) -> Span:
    """The span without the space before it and the punctuation that ends the sentence around it."""
    while end > start + 1 and text[end - 1] in " \t\n.,;:!'\"”’":
        end -= 1
    while start < end - 1 and text[start] in " \t\n,;:":
        start += 1
    return Span(start, end, kind)


def without_overlaps(spans: Iterable[Span]) -> list[Span]:
    """The spans in order; where some overlap, one from the first place to the last.

    Its kind is that of the longest, of equals the one found first: no part of what any finder
    found is kept.
    """
    taken: list[Span] = []
    longest = 0
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        length = span.end - span.start
        if not taken or span.start >= taken[-1].end:
            taken.append(span)
            longest = length
            continue
        last = taken[-1]
        kind = span.kind if length > longest else last.kind
        longest = max(longest, length)
        taken[-1] = Span(last.start, max(last.end, span.end), kind)
    return taken


def replaced(text: str, spans: Iterable[Span]) -> str:
    """The text with each span replaced by its kind in brackets: `[phone]`."""
    kept: list[str] = []
    at = 0
    for span in spans:
        kept += [text[at : span.start], f"[{span.kind}]"]
        at = span.end
    return "".join([*kept, text[at:]])
