"""Filing a comment under themes by cue words, and saying which words did it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from cx280.measures.rules.themes.codebook import Codebook
from cx280.stats.text.tokens import plain, words_of

_KEY = 3  # the letters by which starts of words are found
PRAISE = "praise"  # says something only where no other theme does


@dataclass(frozen=True, slots=True)
class _Cue:
    """A cue as plain words; the last one may be a start (`wait*`)."""

    theme: int
    words: tuple[str, ...]
    is_start: bool

    def fits(self, words: Sequence[str], at: int) -> bool:
        """Whether the cue stands at that place."""
        last = at + len(self.words) - 1
        if last >= len(words) or tuple(words[at:last]) != self.words[:-1]:
            return False
        return (
            words[last].startswith(self.words[-1])
            if self.is_start
            else (words[last] == self.words[-1])
        )


@dataclass(slots=True)
class Matcher:
    """A codebook made ready to read comments; for one language, or for all with ""."""

    codes: tuple[str, ...]
    exact: dict[str, list[_Cue]] = field(default_factory=dict)
    starts: dict[str, list[_Cue]] = field(default_factory=dict)

    def themes_in(self, text: str) -> dict[str, tuple[str, ...]]:
        """{theme's code: the words of the text that gave it away, each once}, in codebook order.

        The same text and codebook always give the same. Praise is left out where another theme
        says what was praised.
        """
        words = words_of(text)
        found: dict[int, dict[str, None]] = {}
        for at, cue in _longest(self._cues_in([plain(word) for word in words])):
            said = " ".join(words[at : at + len(cue.words)])
            found.setdefault(cue.theme, {})[said] = None
        named = {self.codes[theme]: tuple(found[theme]) for theme in sorted(found)}
        if len(named) > 1:
            named.pop(PRAISE, None)
        return named

    def _cues_in(self, words: Sequence[str]) -> Iterator[tuple[int, _Cue]]:
        for at, word in enumerate(words):
            for cue in (*self.exact.get(word, ()), *self.starts.get(word[:_KEY], ())):
                if cue.fits(words, at):
                    yield at, cue


def _longest(found: Iterable[tuple[int, _Cue]]) -> list[tuple[int, _Cue]]:
    """The cues that do not lie within a longer one: `my phone` is not about the phone."""
    every = list(found)
    longer = [(at, at + len(cue.words)) for at, cue in every if len(cue.words) > 1]
    return [
        (at, cue)
        for at, cue in every
        if not any(
            start <= at and at + len(cue.words) <= end and end - start > len(cue.words)
            for start, end in longer
        )
    ]


def matcher_for(codebook: Codebook, language: str = "") -> Matcher:
    """The matcher of the codebook's active themes for a language; "" takes all languages."""
    themes = codebook.active
    ready = Matcher(tuple(theme.code for theme in themes))
    for at, theme in enumerate(themes):
        for cue in _cues_for(theme.cues, language):
            words = tuple(plain(word) for word in words_of(cue.removesuffix("*")))
            if not words:
                continue
            made = _Cue(at, words, cue.endswith("*"))
            by_start = made.is_start and len(words) == 1
            table = ready.starts if by_start else ready.exact
            table.setdefault(words[0][:_KEY] if by_start else words[0], []).append(made)
    return ready


def _cues_for(cues: Mapping[str, Sequence[str]], language: str) -> list[str]:
    return [cue for spoken, listed in cues.items() if language in ("", spoken) for cue in listed]
