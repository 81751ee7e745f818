"""Whether published questions may stand side by side, from their keys as they are written."""

from __future__ import annotations

from cx280.kernel.problem import Unusable
from cx280.measures.rules.comparability import Key, first_difference, read_key
from cx280.measures.rules.key_words import part_words

_UNREAD = "It is not known how one of them was asked."


def why_apart(one: str, other: str) -> str | None:
    """Why two written keys may not be compared, as a sentence; None when they may."""
    if one == other:
        return None
    mine, theirs = _key(one), _key(other)
    if mine is None or theirs is None:
        return _UNREAD
    return first_difference(mine, theirs)


def measured(written: str) -> str:
    """What a written key measures (trust_change, trust_level, satisfaction …); "" if unknown."""
    key = _key(written)
    return key.construct if key else ""


def asked_how(written: str) -> str:
    """How a question was worded, answered and asked, in words; "" if unknown."""
    key = _key(written)
    if key is None:
        return ""
    parts = [part_words(part, getattr(key, part)) for part in ("wording", "scale", "mode")]
    if not key.statement.startswith("own:"):
        parts.insert(0, part_words("statement", key.statement))
    return ", ".join(parts)


def _key(written: str) -> Key | None:
    try:
        return read_key(written)
    except Unusable:
        return None
