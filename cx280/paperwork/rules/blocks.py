"""A document as a list of blocks, so that HTML, PDF and DOCX say the same by construction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the document's title: level 2 or 3."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 2
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; its line breaks stay. tone: plain, hint, question or missing."""

    kind: ClassVar[str] = "text"
    text: str
    tone: str = "plain"
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a list of boxes."""

    text: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Checks:
    """Boxes, those that apply checked."""

    kind: ClassVar[str] = "checks"
    entries: Sequence[Check]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with caption and head. numbers: columns set to the right. total: the last row."""

    kind: ClassVar[str] = "grid"
    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()
    total: bool = False
    widths: Sequence[float] = ()  # parts of the line, where the columns should not be alike


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `mark` is drawn before each line: ○ for one of several, □ for any of several."""

    kind: ClassVar[str] = "listing"
    entries: Sequence[str]
    mark: str = "•"
    lang: str = "en"


Block = Heading | Text | Checks | Grid | Listing


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. standing: what it is, “Draft, not signed”, printed on every page."""

    title: str
    subject: str
    author: str
    standing: str
    blocks: Sequence[Block]
    simulated: bool = False


def answer(text: str, missing: str = "Not answered yet.") -> Text:
    """The answer as a paragraph, or that there is none."""
    said = text.strip()
    return Text(said) if said else Text(missing, tone="missing")


def words_of(document: Document) -> list[str]:
    """Every text of the document in order, as tests and searches read it."""
    found = [document.title, document.standing]
    for each in document.blocks:
        if isinstance(each, Heading | Text):
            found.append(each.text)
        elif isinstance(each, Checks):
            found += [check.text for check in each.entries]
        elif isinstance(each, Listing):
            found += each.entries
        else:
            found += [each.caption, *each.header, *(cell for row in each.rows for cell in row)]
    return found
