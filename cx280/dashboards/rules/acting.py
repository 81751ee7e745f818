"""The address under which exactly what is seen now can be seen again."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from cx280.circular.implements import implements

# Of one look at the page, and not of what it shows.
_PASSING = frozenset({"table", "page", "format", "follow"})


@implements("280.10-l2")
def pinned(path: str, asked: Mapping[str, str], found: Mapping[str, str]) -> str:
    """The page with every filter of its address, and with what it chose by itself (`found`: the
    newest quarter, the last day), which another day it would choose otherwise."""
    kept = {key: value for key, value in asked.items() if value and key not in _PASSING}
    chosen = {key: value for key, value in found.items() if value and key not in kept}
    query = urlencode({**kept, **chosen})
    return f"{path}?{query}" if query else path
