"""A text cut into words, with what each can be and whether its capital says something."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cx280.responses.rules.redaction.lexicon import Name, kind_of
from cx280.responses.rules.redaction.name_words import NO_NAME

_WORD = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
_JOINED = re.compile(r"\.?[ \t\u00a0]{1,3}|-|\.")
_SENTENCE_END = re.compile(r"(?:^|[.!?:;\n\"“(•*/]|\s[-–—])\s*$")
_POSSESSIVE = re.compile(r"[’']s$", re.I)


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words; `cased` is false where capitals say nothing (all large, all small)."""

    text: str
    starts: list[int]
    words: list[str]
    cased: bool
    kinds: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> Words:
        """The text cut at everything that is no letter; a possessive 's is left off."""
        found = [(m.start(), _POSSESSIVE.sub("", m.group())) for m in _WORD.finditer(text)]
        letters = [each for each in text if each.isalpha()]
        large = sum(each.isupper() for each in letters)
        cased = 0 < large <= 0.6 * len(letters)
        return cls(text, [start for start, _ in found], [word for _, word in found], cased)

    def end(self, i: int) -> int:
        """Where word i ends in the text."""
        return self.starts[i] + len(self.words[i])

    def kind(self, i: int) -> int:
        """What word i can be, as bits of `Name`; 0 for a word that is never a name."""
        word = self.words[i]
        known = self.kinds.get(word)
        if known is None:
            known = self.kinds[word] = 0 if word.lower() in NO_NAME else kind_of(word)
        return known

    def capital(self, i: int) -> bool:
        """Whether the word begins with a capital that says something; `VA`, `HR` do not."""
        word = self.words[i]
        if not self.cased or not word[0].isupper():
            return False
        return (
            len(word) == 1 or not word.isupper() or bool(self.kind(i) & (Name.GIVEN | Name.SURNAME))
        )

    def forbidden(self, i: int) -> bool:
        """Whether word i is never part of a name, capital or not."""
        return self.words[i].lower() in NO_NAME

    def joined(self, i: int) -> bool:
        """Whether nothing but a space, a hyphen or an initial's dot stands before word i."""
        gap = self.text[self.end(i - 1) : self.starts[i]]
        if "." in gap and len(self.words[i - 1]) > 2:
            return False
        return _JOINED.fullmatch(gap) is not None

    def begins_sentence(self, i: int) -> bool:
        """Whether word i stands where any word would have a capital."""
        return (
            _SENTENCE_END.search(self.text[max(0, self.starts[i] - 4) : self.starts[i]]) is not None
        )
