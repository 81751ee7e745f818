"""The known fault of the 92-column file: an organization's name and abbreviation swapped."""

from __future__ import annotations

import re

_ABBREVIATION = re.compile(r"^[A-Z][A-Za-z&.\-]{0,11}$")
_PLACES = ("collection_organization", "service_provider_organization")


def looks_abbreviated(text: str) -> bool:
    """Whether the text is one short word, mostly capitals: DOI, USAID, HHS."""
    word = text.strip()
    capitals = sum(each.isupper() for each in word)
    return bool(_ABBREVIATION.match(word)) and capitals * 2 >= len(word)


def is_swapped(name: str, abbreviation: str) -> bool:
    """Whether the abbreviation stands where the name belongs, and the name in its place."""
    return (
        looks_abbreviated(name)
        and len(abbreviation.strip()) > len(name.strip())
        and not looks_abbreviated(abbreviation)
    )


def put_right(row: dict[str, str]) -> tuple[dict[str, str], bool]:
    """The row with swapped names exchanged back, and whether any were."""
    mended, any_swapped = dict(row), False
    for place in _PLACES:
        name, short = f"{place}_name", f"{place}_abbreviation"
        if is_swapped(row.get(name, ""), row.get(short, "")):
            mended[name], mended[short] = row[short], row[name]
            any_swapped = True
    return mended, any_swapped
