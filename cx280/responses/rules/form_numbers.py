"""The number on each printed form: version, serial number and a check digit, like 3-000124-7.

The check digit (Damm 2004) finds every wrong digit and every two neighbours that were swapped, so
that a misread number is refused and not taken for another sheet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PRINTED = re.compile(r"(\d{1,4})-(\d{6})-(\d)")
_OWN = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}")
# A totally anti-symmetric quasigroup of order ten.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def check_digit(digits: str) -> str:
    """The digit after these digits."""
    state = 0
    for each in digits:
        state = int(_DAMM[state][int(each)])
    return str(state)


def form_number(version: int, serial: int) -> str:
    """The number as it is printed."""
    return f"{version}-{serial:06d}-{check_digit(f'{version}{serial:06d}')}"


@dataclass(frozen=True, slots=True)
class Number:
    """A form's number as typed or scanned: cleaned, its version when printed by us, what is wrong.

    fault: a sentence, or "".
    """

    text: str
    version: int | None = None
    fault: str = ""


def read_number(typed: str) -> Number:
    """What a keyer typed, or what a scanner read from the code on the form (`survey/3-000124-7`).

    A number that staff wrote on a copied sheet by hand may be any letters, digits and hyphens.
    """
    text = typed.strip().upper().rsplit("/", 1)[-1].replace(" ", "")
    if not text:
        return Number("", fault="Type the number on the form, or write one on it.")
    if not _OWN.fullmatch(text):
        return Number(text, fault="A form’s number has letters, digits and hyphens, 20 at most.")
    printed = _PRINTED.fullmatch(text)
    if printed is None:
        return Number(text)
    version, serial, digit = printed.groups()
    if check_digit(f"{int(version)}{serial}") != digit:
        return Number(text, fault="The last digit does not fit this number. Look again.")
    return Number(text, int(version))
