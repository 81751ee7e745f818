"""Which words may change without changing what a statement asks."""

from __future__ import annotations


def words_of(listed: str) -> frozenset[str]:
    """The words of a list written with spaces between."""
    return frozenset(listed.split())


# Small words of English and Spanish that may come, go, or stand in for each other in a group.
_ARTICLES = words_of(
    "a an the this that these those my our el la los las un una unos unas este esta mi mis "
    "nuestro nuestra lo"
)
_TO_BE_OR_HAVE = words_of(
    "am is are was were been be has have had did do does es fue era son fueron ha he han"
)
_PASSING = frozenset({"today", "overall", "hoy"})
# One kind of contact for another; what is asked about it stays the same.
_CONTACTS = words_of(
    "interaction visit call transaction appointment session chat conversation interaccion "
    "visita llamada transaccion cita conversacion"
)
_IRREGULAR = (
    frozenset({"found", "find", "finds"}),
    frozenset({"took", "take", "takes", "taken"}),
    frozenset({"understand", "understood", "understands"}),
    frozenset({"fulfil", "fulfill", "fulfills", "fulfilled", "fulfilling"}),
)
_GROUPS = (_ARTICLES, _TO_BE_OR_HAVE, _CONTACTS, *_IRREGULAR)
_LIGHT = _ARTICLES | _TO_BE_OR_HAVE | _PASSING
_ENDINGS = ("ing", "ed", "es", "e", "s", "d")


def is_light(word: str) -> bool:
    """Whether the word may be added or left out as a minor edit."""
    return word in _LIGHT


def is_light_swap(printed: str, written: str) -> bool:
    """Whether the written word is the printed one in another tense, number or gender, or is
    light and of the same group."""
    if any(printed in group and written in group for group in _GROUPS):
        return True
    return _stem(printed) == _stem(written) or _genders(printed, written)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _genders(printed: str, written: str) -> bool:
    """satisfecho and satisfecha; only whole words of five letters or more."""
    same = len(printed) >= 5 and printed[:-1] == written[:-1]
    return same and {printed[-1:], written[-1:]} == {"o", "a"}
