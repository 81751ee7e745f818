"""What a website's pages carry so that cx.js tells what people do: lines to copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

# As the public reads it.
_HELPFUL = {
    "en": ("Was this page helpful?", "Yes", "No"),
    "es": ("¿Le fue útil esta página?", "Sí", "No"),
}


def key_of(words: str) -> str:
    """A key made of words, as cx.js writes names: “Your boat” becomes `your-boat`."""
    return re.sub(r"[^a-z0-9_.:-]+", "-", words.lower()).strip("-")[:64]


def helpful(language: str) -> str:
    """The question whether a page was helpful, with its two answers; `en` or `es`."""
    asks, yes, no = _HELPFUL[language]
    lines = [f'<p id="cx-helpful" lang="{language}">{asks}</p>']
    for answer, word in (("yes", yes), ("no", no)):
        marks = f'data-cx-helpful="{answer}" aria-describedby="cx-helpful" lang="{language}"'
        lines.append(f'<button type="button" {marks}>{word}</button>')
    return "\n".join(lines)


def flow_marks(key: str, steps: Sequence[Sequence[str]]) -> str:
    """The attributes that tell of a flow: what holds it, each step, and that it was completed."""
    inner = [
        f'  <section data-cx-step="{escape(step)}"> … {escape(name)} … </section>'
        for step, name in steps
    ] or ["  …"]
    return "\n".join(
        [
            f'<div data-cx-flow="{escape(key)}">',
            *inner,
            "</div>",
            f'<p data-cx-complete="{escape(key)}"> … what people read when it is done … </p>',
        ]
    )
