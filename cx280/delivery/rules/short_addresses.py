"""The address on a poster, short enough to type: `/q/7-52-3`.

Survey, office, and a check digit: a slip of the finger must not file an answer under another
office. The numbers are those of the record, so an address holds as long as the poster hangs.
"""

from __future__ import annotations

import re

_WRITTEN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})-([0-9])")
# H. Michael Damm's table: every single wrong digit and every two neighbors swapped are found.
_TABLE = (
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def short_name(survey: int, unit: int) -> str:
    """The two numbers with their check digit, as they stand after `/q/`."""
    return f"{survey}-{unit}-{_check_digit(survey, unit)}"


def read_short(written: str) -> tuple[int, int] | None:
    """(survey, unit), or None when it was not written so: a digit is wrong or missing."""
    found = _WRITTEN.fullmatch(written)
    if found is None:
        return None
    survey, unit = int(found[1]), int(found[2])
    return (survey, unit) if short_name(survey, unit) == written else None


def _check_digit(survey: int, unit: int) -> str:
    digit = "0"
    for each in f"{survey:09}{unit:09}":  # of fixed length, so that a dash in the wrong place shows
        digit = _TABLE[int(digit)][int(each)]
    return digit
