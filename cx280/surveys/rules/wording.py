"""How close a question stands to the Circular's statements: exact, slot-filled, minor, modified.

The same text always gets the same class. How it is decided, in full:

1. Case, accents, kinds of quotes, spacing, list punctuation and a final full stop do not count.
2. A slot takes one to 14 words that can be a name: none of `_NOT_IN_A_NAME` (not, was, because,
   confidence, likely …), at most 120 characters.
3. **exact**: every word of a statement in its order; slots empty as printed. **slot-filled**: the
   same with the slots filled.
4. **minor**: at most `MOST_EDITS` words added, left out or replaced, and each of them *light*: an
   article, a form of to be or to have, the same word in another tense or number, or one kind of
   contact for another (interaction, visit, call). No other word is ever light, so a negation or a
   changed meaning (confidence, recommend, likely) is never minor.
5. **modified**: everything else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cx280.circular.edition import Edition, Statement
from cx280.circular.implements import implements
from cx280.kernel.words import Word
from cx280.surveys.rules.light_words import is_light, is_light_swap, words_of

MOST_EDITS = 2
LONGEST_NAME = 14  # words in one slot
LONGEST_NAME_CHARACTERS = 120
_LONGEST_TEXT = 600  # characters; no statement with its names is near it


class WordingClass(Word):
    """How close a text stands to a statement, closest first."""

    EXACT = "exact", "Exact wording"
    SLOT_FILLED = "slot-filled", "Slots filled"
    MINOR = "minor", "Minor edits"
    MODIFIED = "modified", "Modified wording"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a text was found to be.

    statement: the id of the base statement, "" when modified. measures: what may be pooled
    (trust_change, trust_level, confidence …; INC-05, INC-06), else the construct. slots: what
    stands in each slot, in order; unfilled: those still holding a placeholder. edits: light words
    changed.
    """

    kind: WordingClass
    statement: str = ""
    measures: str = ""
    slots: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()
    edits: int = 0


@implements("280.10-c3", "280.10-c6", "280.10-d2", "280.10-d5", "280.10-i1", "INC-05", "INC-06")
def classify(text: str, construct: str, edition: Edition, names: Iterable[str] = ()) -> Wording:
    """How the text stands to the edition's statements for one construct.

    names: what the service and its agency are called; a driver statement that only adds one at
    its end (“… with Boat Permits”) counts as slot-filled. Any text is safe, of any length.
    """
    return _classify(text, construct, edition.statements_for(construct), tuple(names))


def base_statement(text: str, edition: Edition, names: Iterable[str] = ()) -> Wording:
    """The closest of all statements of the edition, whatever the question is filed under."""
    every = (classify(text, each, edition, names) for each in _constructs(edition))
    return min(every, key=lambda found: (_ORDER[found.kind], found.edits))


def has_unfilled_slot(text: str) -> bool:
    """Whether a placeholder such as [Program/Service name] still stands in the text."""
    return any(_is_placeholder(each) for each in _PIECES.findall(_plain(text)))


def _constructs(edition: Edition) -> list[str]:
    return list(dict.fromkeys(each.construct for each in edition.statements))


_ORDER = {kind: place for place, kind in enumerate(WordingClass)}


def _classify(
    text: str, construct: str, statements: tuple[Statement, ...], names: tuple[str, ...]
) -> Wording:
    key = tuple((s.id, s.measures, s.text, *s.translations.values()) for s in statements)
    return _closest(text, construct, key, names)


@lru_cache(maxsize=4096)
def _closest(
    text: str, construct: str, statements: tuple[tuple[str, ...], ...], names: tuple[str, ...]
) -> Wording:
    modified = Wording(WordingClass.MODIFIED, measures=_family(text, construct))
    if len(text) > _LONGEST_TEXT:
        return modified
    pieces = _pieces(text)
    best: Wording | None = None
    for statement_id, measures, *wordings in statements:
        for base in wordings:
            found = _against(pieces, _items(base), names)
            if found is not None and (best is None or found.edits < best.edits):
                kind = _kind(found)
                best = Wording(
                    kind, statement_id, measures or construct, found.slots, found.unfilled,
                    found.edits,
                )  # fmt: skip
    return best or modified


def _family(text: str, construct: str) -> str:
    """Confidence is a construct of its own in the trust family (INC-06)."""
    if construct == "trust" and "confiden" in text.casefold():
        return "confidence"
    return construct


# ------------------------------------------------------------------ texts as words

_PIECES = re.compile(r"\[[^\[\]]*\]|<[^<>]*>|[^\s\[\]<>]+")
_EDGES = " \t.,;:!?…\"'()*–—-"
_ANSWER_FORMAT = re.compile(r"\[[^\[\]]*\boption\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a text: as compared, and as written."""

    word: str
    written: str

    @property
    def is_placeholder(self) -> bool:
        """Whether it is a slot nobody filled."""
        return _is_placeholder(self.written)


def _is_placeholder(written: str) -> bool:
    return written[:1] in {"[", "<"} and any(each.isalpha() for each in written)


def _plain(text: str) -> str:
    """The text with one kind of quotes and dashes, without the note that S1 is asked in stars."""
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'")
    return _ANSWER_FORMAT.sub(" ", plain)


def _pieces(text: str) -> tuple[Piece, ...]:
    found = (Piece(_word(each), each) for each in _PIECES.findall(_plain(text)))
    return tuple(each for each in found if each.word)


def _word(written: str) -> str:
    bare = unicodedata.normalize("NFKD", written.casefold())
    bare = "".join(each for each in bare if not unicodedata.combining(each))
    return bare.strip(_EDGES).replace("'", "")


@lru_cache(maxsize=256)
def _items(base: str) -> tuple[str | None, ...]:
    """The words of a statement, None for each slot."""
    return tuple(None if each.is_placeholder else each.word for each in _pieces(base))


# ------------------------------------------------------------------ alignment


@dataclass(frozen=True, slots=True)
class Match:
    """A text laid along a statement: what the slots hold and how many light words differ."""

    edits: int
    slots: tuple[str, ...]
    unfilled: tuple[str, ...]


def _kind(match: Match) -> WordingClass:
    if match.edits:
        return WordingClass.MINOR
    filled = set(match.slots) - set(match.unfilled)
    return WordingClass.SLOT_FILLED if filled else WordingClass.EXACT


def _against(
    pieces: tuple[Piece, ...], items: tuple[str | None, ...], names: tuple[str, ...]
) -> Match | None:
    found = _align(pieces, items)
    if found is not None or None in items:
        return found
    for name in names:
        shorter = _without_name(pieces, name)
        if shorter is not None and (found := _align(shorter, items)) is not None:
            return Match(found.edits, (name,), ())
    return None


_BEFORE_A_NAME = frozenset(
    {"the", "with", "by", "from", "at", "in", "of", "on", "de", "del", "con"}
)


def _without_name(pieces: tuple[Piece, ...], name: str) -> tuple[Piece, ...] | None:
    """The pieces without the name at their end and the small words that led to it."""
    words = tuple(each.word for each in _pieces(name))
    if not words or tuple(each.word for each in pieces[-len(words) :]) != words:
        return None
    rest = pieces[: -len(words)]
    while rest and rest[-1].word in _BEFORE_A_NAME:
        rest = rest[:-1]
    return rest


_NOT_IN_A_NAME = words_of(
    "not no never none nothing nobody without hardly neither nor dont didnt doesnt wasnt isnt "
    "arent cant cannot couldnt wont wouldnt less more than but because although though unless "
    "if when while whether confidence confident likely unlikely recommend satisfied "
    "dissatisfied decreased i am is are was were has have had would will could should how why "
    "please nunca ni nada pero porque aunque si era fue menos"
)


def _may_be_name(piece: Piece) -> bool:
    return piece.word not in _NOT_IN_A_NAME


Cell = tuple[int, tuple[tuple[int, int], ...]]


def _align(pieces: Sequence[Piece], items: Sequence[str | None]) -> Match | None:
    """The cheapest way to lay the text along the statement; None above MOST_EDITS.

    One row for each item: for every number of words used so far, the fewest light edits and
    where the slots lay. Slots are kept as short as possible by trying fewer words first.
    """
    slots = sum(1 for each in items if each is None)
    if not len(items) - MOST_EDITS <= len(pieces) <= len(items) + MOST_EDITS + slots * LONGEST_NAME:
        return None
    row: dict[int, Cell] = _insertions({0: (0, ())}, pieces)
    for item in items:
        row = _slot_row(row, pieces) if item is None else _word_row(row, pieces, item)
        if not row:
            return None
    end = row.get(len(pieces))
    return None if end is None else _match(end, pieces)


def _word_row(row: dict[int, Cell], pieces: Sequence[Piece], item: str) -> dict[int, Cell]:
    after: dict[int, Cell] = {}
    for used, (edits, slots) in row.items():
        if is_light(item):
            _keep(after, used, (edits + 1, slots))
        if used < len(pieces):
            word = pieces[used].word
            if word == item:
                _keep(after, used + 1, (edits, slots))
            elif is_light_swap(item, word):
                _keep(after, used + 1, (edits + 1, slots))
    return _insertions(after, pieces)


def _slot_row(row: dict[int, Cell], pieces: Sequence[Piece]) -> dict[int, Cell]:
    after: dict[int, Cell] = {}
    for used, (edits, slots) in row.items():
        for end in range(used + 1, min(used + LONGEST_NAME, len(pieces)) + 1):
            if not _may_be_name(pieces[end - 1]):
                break
            _keep(after, end, (edits, (*slots, (used, end))))
    return after


def _insertions(row: dict[int, Cell], pieces: Sequence[Piece]) -> dict[int, Cell]:
    """The row with light words of the text skipped as well, each an edit."""
    for used in range(len(pieces)):
        if used in row and is_light(pieces[used].word):
            edits, slots = row[used]
            _keep(row, used + 1, (edits + 1, slots))
    return row


def _keep(row: dict[int, Cell], used: int, cell: Cell) -> None:
    if cell[0] <= MOST_EDITS and (used not in row or cell[0] < row[used][0]):
        row[used] = cell


def _match(cell: Cell, pieces: Sequence[Piece]) -> Match | None:
    edits, places = cell
    slots = tuple(
        " ".join(piece.written for piece in pieces[start:end]).rstrip(".,;:!? ")
        for start, end in places
    )
    if any(len(each) > LONGEST_NAME_CHARACTERS for each in slots):
        return None
    empty = tuple(
        slot for slot, (start, end) in zip(slots, places, strict=True)
        if any(piece.is_placeholder for piece in pieces[start:end])
    )  # fmt: skip
    return Match(edits, slots, empty)
