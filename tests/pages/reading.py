"""How hard a page is to read: the school grade of its sentences (Flesch and Kincaid 1975)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

# What is not prose: figures, controls, scripts, and what stands outside the page's own part.
_SKIPPED = {"script", "style", "svg", "table", "select", "option", "button", "nav", "header",
            "footer", "code", "pre", "blockquote"}  # fmt: skip
_BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "dd", "dt", "summary", "figcaption", "div", "legend"}
_SHORTEST = 5  # words; less is a label, not a sentence
_WORD = re.compile(r"[A-Za-z’']+")
_VOWELS = re.compile(r"[aeiouy]+")


class _Prose(HTMLParser):
    """Collects the texts of the main part, block by block."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = [""]
        self.skipping = 0
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "main"
        self.skipping += tag in _SKIPPED
        if tag in _BLOCKS:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SKIPPED:
            self.skipping -= 1
        if tag in _BLOCKS:
            self.blocks.append("")
        if tag == "main":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside and not self.skipping:
            self.blocks[-1] += data


def sentences_of(page: str) -> list[str]:
    """The sentences of a page's main part; labels of a few words are left out."""
    reader = _Prose()
    reader.feed(page)
    return [each for block in reader.blocks for each in _split(block)]


def _split(text: str) -> Iterator[str]:
    plain = " ".join(text.split())
    for sentence in re.split(r"(?<=[.!?:;])\s+(?=[A-Z“])", plain):
        if len(_WORD.findall(sentence)) >= _SHORTEST:
            yield sentence


def grade_of(sentences: list[str]) -> float:
    """0.39 words/sentence + 11.8 syllables/word - 15.59: the years of school it takes to follow.

    Kincaid, Fishburne, Rogers and Chissom (1975), Derivation of new readability formulas.
    """
    words = [word for each in sentences for word in _WORD.findall(each)]
    syllables = sum(_syllables_of(word.lower()) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables_of(word: str) -> int:
    """Groups of vowels, without a silent e at the end; close enough for a whole page."""
    silent = word.endswith("e") and not word.endswith(("le", "ee"))
    return max(1, len(_VOWELS.findall(word)) - silent)
