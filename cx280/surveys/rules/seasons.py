"""In which months a collection asks: as chosen, as its words say, or all year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
# The fiscal year, in which the plan is drawn.
IN_ORDER = (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)
_NAMED = re.compile(rf"\b({'|'.join(MONTHS)})\b")
_QUARTERLY = re.compile(r"\b(quarterly|each quarter|every quarter)\b", re.IGNORECASE)


def months_said(words: str) -> tuple[int, ...]:
    """The months named in words such as `Each January and July`; () where none are.

    Names count with their capital letter alone: `may` is a word, `May` a month.
    """
    if _QUARTERLY.search(words):
        return (1, 4, 7, 10)
    return tuple(sorted({MONTHS.index(each) + 1 for each in _NAMED.findall(words)}))


def months_asking(
    chosen: Sequence[int], timing: str, first: date | None, last: date | None, year_begins: date
) -> frozenset[int]:
    """The months of the twelve from `year_begins` on in which it asks.

    first, last: its days, None for open ends. chosen wins over what the words say.
    """
    wanted = set(chosen) or set(months_said(timing)) or set(range(1, 13))
    found = set()
    for step in range(12):
        month = (year_begins.month - 1 + step) % 12 + 1
        year = year_begins.year + (year_begins.month - 1 + step) // 12
        begins = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1)
        runs = (first is None or first < following) and (last is None or last >= begins)
        if runs and month in wanted:
            found.add(month)
    return frozenset(found)
