"""Which language to show: the one asked for, else what the browser likes best, else the first."""

from __future__ import annotations

from collections.abc import Sequence

# Names that mean the same language.
_SAME = {"fil": "tl", "iw": "he", "in": "id"}
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def best_language(asked: str, accepted: str, offered: Sequence[str]) -> str:
    """The language to show: the one asked for, else the first the browser accepts, else the first.

    accepted: an Accept-Language header; its q values are honoured. offered: never empty.
    """
    for code in [asked, *_by_preference(accepted)]:
        found = matching(code, offered)
        if found:
            return found
    return offered[0]


def matching(code: str, offered: Sequence[str]) -> str:
    """The offered language that somebody who wants `code` can read; "" for none.

    One who asks for traditional Chinese is not given the simplified, unless nothing better is liked
    and `zh` stands further down in the browser's list, as it does in most.
    """
    wanted = _plain(code)
    if not wanted:
        return ""
    for each in offered:
        if _plain(each) == wanted:
            return each
    for each in offered:
        if _spoken(each) == _spoken(code):
            return each
    return ""


def _plain(code: str) -> str:
    base, dash, rest = code.strip().lower().partition("-")
    return _SAME.get(base, base) + dash + rest


def _spoken(code: str) -> tuple[str, bool]:
    """The language without its country, and whether it is Chinese in traditional script."""
    base, *parts = _plain(code).split("-")
    return base, base == "zh" and not _TRADITIONAL.isdisjoint(parts)


def _by_preference(header: str) -> list[str]:
    """The language codes of an Accept-Language header, the most wanted first."""
    wanted: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        code, _, quality = part.strip().partition(";q=")
        try:
            wanted.append((-float(quality or 1), code))
        except ValueError:
            continue
    return [code for _, code in sorted(wanted, key=lambda each: each[0])]
