"""People's names: by the words that announce them, and by a lexicon beside what confirms it.

A name of a member of staff is personal data too and is taken out like any other. A word that is
also a name (Grace, May, Mark) is believed only beside something else that says "a person".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from cx280.responses.rules.redaction.cut import Words
from cx280.responses.rules.redaction.lexicon import Name
from cx280.responses.rules.redaction.name_words import (
    CUE,
    DETERMINERS,
    NOT_PEOPLE_AFTER,
    NOT_PEOPLE_BEFORE,
    PARTICLES,
    PERSON_VERB,
    SURELY_A_PERSON,
)
from cx280.responses.rules.redaction.spans import Span

_SIGNED = re.compile(
    r"(?:[-–—~]\s{0,2}|\n\s{0,3})(?=[^\W\d_a-z][^\W\d_]{0,20}\.?(?:\s[^\W\d_a-z][\w.'’-]{0,20}){0,2}\s*$)"
)
_AFTER_NAMES = frozenset(
    ["MD", "PhD", "RN", "NP", "DDS", "DO", "Jr", "Sr", "Esq", "II", "III", "IV"]
)
_MOST = 5  # words in a name
_GIVEN = Name.GIVEN | Name.GIVEN_OR_WORD
_FAMILY = Name.SURNAME | Name.SURNAME_OR_WORD
_CERTAIN = Name.GIVEN | Name.SURNAME


def names(text: str) -> Iterator[Span]:
    """Names of people, without their titles."""
    words = Words.of(text)
    if not words.words:
        return
    yield from _announced(words)
    yield from _known(words)
    yield from _signed(words)


def _span(words: Words, first: int, last: int) -> Span:
    return Span(words.starts[first], words.end(last), "name")


def _announced(words: Words) -> Iterator[Span]:
    """Names after a cue: `my name is`, `Sra.`, `spoke with`, `thanks`."""
    for match in CUE.finditer(words.text):
        i = bisect_left(words.starts, match.end())
        if i >= len(words.words) or words.starts[i] - match.end() > 1:
            continue
        cue = str(match.lastgroup)
        title = match.group().strip().lower().rstrip(".,: ")
        if _begins_name(words, i, cue, title):
            yield _span(words, i, _last_of(words, i, sure=cue in {"sure", "honorific"}))


def _begins_name(words: Words, i: int, cue: str, said: str) -> bool:
    """Whether word i begins a name, after a cue of that strength."""
    kind = words.kind(i)
    if words.forbidden(i) or words.words[i].lower() in DETERMINERS:
        return False
    capital = words.capital(i) and not _is_place(words, i)
    if cue in {"sure", "honorific"}:
        return capital or _small_name(words, i, kind, cue, said)
    if cue in {"met", "role"}:
        if capital:
            return len(words.words[i]) > 1 or _has_surname_next(words, i)
        if kind & Name.GIVEN and not kind & Name.WORD_WHEN_SMALL:
            return True
        return bool(kind) and _has_surname_next(words, i)
    if words.cased and not capital:
        return bool(kind & Name.GIVEN) and _has_surname_next(words, i)
    if not words.cased and kind & _GIVEN and _has_surname_next(words, i):
        return True
    if said.startswith(("i am", "i'm", "i’m", "this is", "it was")) and not words.cased:
        return bool(kind & Name.GIVEN) and _has_surname_next(words, i)
    if capital and _reads_like_a_name(words, i, said):
        return True
    known = kind & (Name.GIVEN | Name.SURNAME) if capital else 0
    thanked = said.startswith(("thank", "thx", "gracias", "hi", "hola"))
    small = kind & Name.GIVEN and not kind & Name.WORD_WHEN_SMALL and not words.cased
    return bool(known or (small and thanked))


def _reads_like_a_name(words: Words, i: int, said: str) -> bool:
    """`I am Xo Vang`, `Thank you Latreece for…`: two capitals, or one where thanks go to it."""
    if said.startswith(("i am", "i'm", "i’m", "this is", "soy")):
        return _has_surname_next(words, i)
    if said in {"said", "told"}:
        return True
    if said.startswith("thank") and words.capital(i) and _has_surname_next(words, i):
        return True
    after = words.text[words.end(i) : words.end(i) + 5]
    return said.startswith(("thank", "gracias")) and after.startswith((" for ", " por ", "!"))


def _small_name(words: Words, i: int, kind: int, cue: str, said: str) -> bool:
    """A name without a capital, after a cue that leaves little doubt."""
    word = words.words[i]
    if said in {"don", "miss", "lic", "ing", "sr", "name's", "named"} and not kind & _CERTAIN:
        return False
    if kind & (_CERTAIN | Name.GIVEN_OR_WORD):
        return True
    if words.cased and not (cue == "honorific" and words.text[words.starts[i] - 2] == "."):
        return bool(kind)
    return len(word) >= 3 and not word.lower().endswith(("ed", "ing", "ly"))


def _has_surname_next(words: Words, i: int) -> bool:
    j = i + 1
    if j < len(words.words) and len(words.words[j]) == 1 and words.joined(j):
        j += 1
    if j >= len(words.words) or not words.joined(j) or words.forbidden(j):
        return False
    kind = words.kind(j)
    if words.capital(j):
        return True
    return (bool(kind & (Name.SURNAME | Name.GIVEN)) and not words.words[j][0].isupper()) or (
        not words.cased and bool(kind & Name.SURNAME)
    )


def _last_of(words: Words, first: int, *, sure: bool = False) -> int:
    """The last word of the name that begins at `first`."""
    last, j = first, first + 1
    while j < len(words.words) and j - first < _MOST and words.joined(j):
        word = words.words[j]
        if word.lower() in PARTICLES and j + 1 < len(words.words) and words.joined(j + 1):
            if words.capital(j + 1) or (
                words.kind(j + 1) & _CERTAIN and not words.forbidden(j + 1)
            ):
                j += 1
                last = j
                j += 1
                continue
            break
        if not _continues(words, first, last, j, sure=sure):
            break
        last = j
        j += 1
    if last > first and words.words[last].lower() in NOT_PEOPLE_AFTER:
        last -= 1
    after = last + 1
    if after < len(words.words) and words.words[after] in _AFTER_NAMES:
        gap = words.text[words.end(last) : words.starts[after]]
        return after if gap in {" ", ", "} else last
    return last


def _continues(words: Words, first: int, last: int, j: int, *, sure: bool) -> bool:
    word, kind = words.words[j], words.kind(j)
    if len(word) == 1 and words.text[words.end(j) : words.end(j) + 1] == ".":
        after = words.kind(j + 1) if j + 1 < len(words.words) and words.joined(j + 1) else 0
        return words.capital(j) or bool(after & _CERTAIN) or sure
    if words.forbidden(j):
        return False
    if words.capital(j):
        # The second word may be any; a third is one we know, or follows a hyphen or an initial.
        near = j == first + 1 or len(words.words[last]) == 1 or len(word) == 1
        return bool(near or kind or words.text[words.starts[j] - 1] == "-")
    if words.cased and (words.words[first][0].isupper() or word[0].isupper()):
        return False
    known = kind & (Name.SURNAME | Name.GIVEN)
    if known and not kind & Name.WORD_WHEN_SMALL and len(word) > 2:
        return True
    if not words.cased and j == first + 1 and _ends_name(words, first, j):
        return True
    # `my name is xo vang`: after a sure cue the second small word is the surname.
    return (
        sure
        and not words.cased
        and j == first + 1
        and bool(kind or len(word) > 3)
        and (not word.lower().endswith(("ed", "ing", "ly")))
    )


_ENDS = re.compile(r"\s?[,;()]|[.!](?:\s|$)|\s(?:at|and|who|in the)\b|$")


def _ends_name(words: Words, first: int, j: int) -> bool:
    """Without capitals: whether word j, after a given name, is its surname by what follows it."""
    word, kind = words.words[j].lower(), words.kind(first)
    if not kind & _GIVEN or len(word) < 3 or word.endswith(("ed", "ing", "ly")):
        return False
    if kind & (Name.GIVEN_OR_WORD | Name.WORD_WHEN_SMALL) and not words.kind(j) & _FAMILY:
        return False
    text, end = words.text, words.end(j)
    return bool(PERSON_VERB.match(text, end) or _ENDS.match(text, end))


def _is_place(words: Words, i: int) -> bool:
    """Whether the words around say a street, an office, a town: `Walter Reed Medical Center`."""
    for j in (i + 1, i + 2):
        if j < len(words.words) and words.joined(j) and (words.capital(j) or not words.cased):
            if words.words[j].lower() in NOT_PEOPLE_AFTER:
                return True
        else:
            break
    before = i > 0 and words.joined(i) and words.words[i - 1].lower()
    return bool(before and before in NOT_PEOPLE_BEFORE and words.words[i - 1][0].isupper())


def _known(words: Words) -> Iterator[Span]:
    """Names the lexicon knows, beside what confirms them."""
    i = 0
    while i < len(words.words):
        found = _known_at(words, i)
        if found is None:
            i += 1
            continue
        yield _span(words, *found)
        i = found[1] + 1


def _known_at(words: Words, i: int) -> tuple[int, int] | None:
    """The first and last word of a known name that begins at word i, or None."""
    kind = words.kind(i)
    if words.cased and not words.words[i][0].isupper():
        return _small(words, i, kind)
    if not words.cased:
        return _small(words, i, kind)
    if not words.capital(i) or words.forbidden(i) or _is_place(words, i):
        return None
    if words.words[i].lower() in NOT_PEOPLE_BEFORE:
        return None
    if kind & Name.GIVEN and not _after_determiner(words, i):
        return i, _last_of(words, i)
    if kind & Name.GIVEN_OR_WORD and _is_confirmed(words, i):
        return i, _last_of(words, i)
    if _has_initial(words, i):
        return i, _last_of(words, i + 2)
    if len(words.words[i]) == 1:
        j = i + 1
        follows = j < len(words.words) and words.joined(j) and words.capital(j)
        if (
            follows
            and words.text[words.end(i) : words.end(i) + 1] == "."
            and words.kind(j) & _FAMILY
        ):
            return i, _last_of(words, j)
        return None
    return _by_surname(words, i, kind)


def _has_initial(words: Words, i: int) -> bool:
    """`Lilybeth R. Dollar`: a capital, an initial with its dot, another capital."""
    if i + 2 >= len(words.words) or len(words.words[i]) < 3 or len(words.words[i + 1]) != 1:
        return False
    if not (words.joined(i + 1) and words.joined(i + 2) and words.capital(i + 2)):
        return False
    dotted = words.text[words.end(i + 1) : words.end(i + 1) + 1] == "."
    return dotted and words.capital(i + 1) and not words.forbidden(i + 2)


def _after_determiner(words: Words, i: int) -> bool:
    return i > 0 and words.joined(i) and words.words[i - 1].lower() in DETERMINERS


def _after_capital(words: Words, i: int) -> bool:
    """`Jackson Lake was…`: a word with a capital stands before it in the same breath."""
    return i > 0 and words.joined(i) and words.capital(i - 1)


def _is_confirmed(words: Words, i: int) -> bool:
    """Whether something beside a name that is also a word says that it is a person."""
    j = i + 1
    if _after_determiner(words, i) or _after_capital(words, i):
        return False
    if j < len(words.words) and len(words.words[j]) == 1 and words.capital(j) and words.joined(j):
        j += 1
    if j < len(words.words) and words.joined(j) and words.capital(j) and not words.forbidden(j):
        kind = words.kind(j)
        if kind & Name.SURNAME and not kind & Name.GIVEN_OR_WORD:
            return True
        return bool(kind & (_FAMILY)) and not words.begins_sentence(i)
    verb = PERSON_VERB.match(words.text, words.end(i))
    return verb is not None and not _before_place(words, i)


def _before_place(words: Words, i: int) -> bool:
    """`In Austin told…`: a preposition of place before it makes it a town."""
    return i > 0 and words.words[i - 1].lower() in {"in", "near", "at", "to", "of", "en", "de"}


def _by_surname(words: Words, i: int, kind: int) -> tuple[int, int] | None:
    """A surname with an unknown given name before it, or alone in the middle of a sentence."""
    j = i + 1
    follows = j < len(words.words) and words.joined(j) and words.capital(j)
    if follows and not kind and not _after_determiner(words, i):
        later = words.kind(j)
        if later & Name.SURNAME and not later & Name.GIVEN_OR_WORD and not _is_place(words, j):
            sounds = words.words[i].lower()
            if len(sounds) > 2 and not sounds.endswith(("ed", "ing", "ly", "tion")):
                return i, _last_of(words, i)
        return None
    if _after_determiner(words, i):
        return None
    if not follows and SURELY_A_PERSON.match(words.text, words.end(i)):
        return i, i
    if not kind & Name.SURNAME:
        return None
    if follows:
        return (i, _last_of(words, i)) if words.kind(j) & Name.SURNAME else None
    if PERSON_VERB.match(words.text, words.end(i)):
        return i, i
    previous = i > 0 and words.joined(i) and words.words[i - 1][0].isupper()
    if words.begins_sentence(i) or previous or len(words.words[i]) < 4:
        return None
    return (i, i) if not _before_place(words, i) else None


def _small(words: Words, i: int, kind: int) -> tuple[int, int] | None:
    """Names written without capitals, or in a text all in capitals."""
    if not kind & _GIVEN or _is_place(words, i) or _after_determiner(words, i):
        return None
    last = _last_of(words, i)
    if not words.cased and last > i and _ends_name(words, i, i + 1):
        return i, last
    if not kind & Name.GIVEN:
        return None
    if last > i and any(words.kind(k) & Name.SURNAME for k in range(i + 1, last + 1)):
        return i, last
    if _fills_a_line(words, i):
        return i, i + 1
    if kind & Name.WORD_WHEN_SMALL or len(words.words[i]) < 3:
        return None
    if kind & Name.COMMON and len(words.words[i]) > 3:
        return i, last
    return (i, i) if PERSON_VERB.match(words.text, words.end(i)) else None


def _fills_a_line(words: Words, i: int) -> bool:
    """A given name and one more word, alone on their line above others, as on an envelope."""
    if i + 1 >= len(words.words) or not words.joined(i + 1):
        return False
    before = words.text[max(0, words.starts[i] - 2) : words.starts[i]].rstrip(" ")
    starts = words.starts[i] == 0 or before.endswith(("\n", ":"))
    after = words.text[words.end(i + 1) : words.end(i + 1) + 3].lstrip(" ,")
    return starts and after.startswith("\n") and not words.forbidden(i + 1)


def _signed(words: Words) -> Iterator[Span]:
    """A name alone at the very end, after a dash or on a line of its own."""
    tail = words.text[-80:]
    match = _SIGNED.search(tail)
    if match is None or not words.cased:
        return
    start = len(words.text) - len(tail) + match.end()
    i = bisect_left(words.starts, start)
    rest = range(i, len(words.words))
    if not rest or any(words.forbidden(k) for k in rest):
        return
    if any(words.kind(k) & (_CERTAIN | _GIVEN) for k in rest):
        yield _span(words, i, len(words.words) - 1)
