"""Numbers that name a person or open an account: by their shape, or by the word beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from cx280.responses.rules.redaction.checksums import (
    digits_of,
    is_social_security,
    is_taxpayer_id,
    passes_luhn,
    passes_mod97,
)
from cx280.responses.rules.redaction.cues import Cues
from cx280.responses.rules.redaction.spans import Span, trimmed

_DASH = r"[-\u2010-\u2014]"
_OFFICES = "EAC|WAC|LIN|SRC|MSC|NBC|YSC|IOE|VSC|TSC|CSC|NSC|MSD"
_RECEIPT = re.compile(rf"\b(?:{_OFFICES})[ #:-]{{0,2}}\d(?:[ -]?\d){{9}}(?!\d)", re.I)
_ALIEN = (
    re.compile(r"\bA[-#]{0,2}\d{8,9}(?!\d)", re.I),
    re.compile(r"\bA[ -]?#?[ -]?\d{2,3}[ -]\d{3}[ -]\d{3}(?![\d-])", re.I),
    re.compile(r"\bA[ -]?#[ -]?\d{8,9}(?!\d)", re.I),
    re.compile(r"\bA \d{9}(?!\d)"),
)
_SOCIAL = re.compile(
    rf"(?<![\d-])\d{{3}}(?:(?P<gap>[ .]|\s?{_DASH}\s?)\d{{2}}(?P=gap)|[ ]?{_DASH}[ ]?\d{{2}}"
    rf"[ ]?{_DASH}[ ]?)\d{{4}}(?![\d-])"
)
_SOCIAL_ALMOST = re.compile(r"(?<![\w-])[\dOoIl]{3}[- ][\dOoIl]{2}[- ][\dOoIl]{4}(?![\w-])")
_LAST_FOUR = re.compile(
    r"(?:last|[uú]ltimos)\s(?:four|4|cuatro)(?:\s(?:digits|d[ií]gitos|of|de|my|mi|the|ss|ssn|social|"
    r"security|seguro|number|n[uú]mero|is|are|son|es)){1,8}[:\s]{1,3}(?P<digits>\d{4})(?!\d)",
    re.I,
)
_CARD = re.compile(r"(?<![\d.,$])\d(?:[ .\-\u2013]{0,3}\d){12,18}(?!\d)")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
_FILE_WITH_LETTER = re.compile(r"\b[Cc][ -]?\d(?:[ -]?\d){6,7}(?!\d)")
# Any number with its letters, read only together with the cue beside it.
_ANY = re.compile(
    r"(?<![\w$€£.,/-])(?P<letters>[A-Z]{1,3}-?|[A-Z] |[a-z]{1,2})?"
    r"(?P<number>\(?\d(?:[ .\-()\u2010-\u2014]{0,3}\d){3,18})(?:x\d{1,6})?(?![\w%]|[/,]\d)"
)
_LOOKS_LIKE_A_DAY = re.compile(
    r"(?:19|20)\d\d[-. ](?:0?[1-9]|1[0-2])[-. ]\d{1,2}|\d{1,2}[-. ]\d{1,2}[-. ](?:19|20)?\d\d"
    r"|(?:19|20)\d\d[ \-\u2013](?:19|20)\d\d"
)


@dataclass(frozen=True, slots=True)
class _Cued:
    """What a number after a cue of a family must be like, and the kind it then is."""

    kind: str
    low: int  # digits
    high: int
    letters: bool = False  # whether letters before the digits belong to it
    holds: Callable[[str], bool] = lambda _: True


def _is_month_and_day(number: str) -> bool:
    digits = digits_of(number)
    return len(digits) in {6, 8} and (
        1 <= int(digits[:2]) <= 31 or (digits[:2] in {"19", "20"} and len(digits) == 8)
    )


_CUED = {
    "ssn": _Cued("ssn", 9, 9),
    "itin": _Cued("itin", 9, 9),
    "alien": _Cued("a-number", 7, 9, letters=True),
    "va_file": _Cued("va-file", 7, 9, letters=True),
    "passport": _Cued("passport", 6, 9, letters=True),
    "licence": _Cued("licence", 5, 14, letters=True),
    "account": _Cued("account", 6, 17),
    "routing": _Cued("routing", 9, 9),
    "card": _Cued("card", 12, 19),
    "phone": _Cued("phone", 7, 15),
    "birth": _Cued("birth-date", 6, 8, holds=_is_month_and_day),
}


def shaped(text: str, cues: Cues) -> Iterator[Span]:
    """Numbers known by their shape: receipts, A-numbers, social security, cards, bank accounts."""
    for match in _RECEIPT.finditer(text):
        yield trimmed(text, *match.span(), "receipt")
    for pattern in _ALIEN:
        for match in pattern.finditer(text):
            yield trimmed(text, *match.span(), "a-number")
    yield from _social(text, cues)
    for match in _CARD.finditer(text):
        number = digits_of(match.group())
        if passes_luhn(number) and _may_be_a_card(number):
            yield trimmed(text, *match.span(), "card")
    for match in _IBAN.finditer(text):
        if passes_mod97(match.group()):
            yield Span(*match.span(), "account")
    for match in _FILE_WITH_LETTER.finditer(text):
        if _speaks_of_veterans(text, match.start(), match.end()):
            yield trimmed(text, *match.span(), "va-file")


def _social(text: str, cues: Cues) -> Iterator[Span]:
    for match in _SOCIAL.finditer(text):
        start, end = match.span()
        real = is_social_security(match.group())
        # A form of three, two and four is kept only where the words say that it is another's.
        if cues.is_said_to_be("other", start):
            continue
        taxpayer = cues.family(start, end) == "itin" or is_taxpayer_id(match.group())
        yield Span(start, end, "itin" if taxpayer and not real else "ssn")
    for match in _SOCIAL_ALMOST.finditer(text):
        if 5 <= len(digits_of(match.group())) < 9:
            yield Span(*match.span(), "ssn")
    for match in _LAST_FOUR.finditer(text):
        said = match.group().lower()
        if "ss" in said or "social" in said or "seguro" in said:
            yield Span(*match.span("digits"), "ssn")


def _may_be_a_card(number: str) -> bool:
    if len(set(number)) == 1:
        return False
    return len(number) >= 15 or number[0] in "3456"


def _speaks_of_veterans(text: str, start: int, end: int) -> bool:
    around = text[max(0, start - 60) : end + 40].lower()
    return any(word in around for word in ("va ", "va's", "veteran", "claim", "file", "archivo"))


def cued(text: str, cues: Cues) -> Iterator[Span]:
    """Numbers that only the word beside them explains: `pasaporte 123456789`, `555-0143 (cell)`."""
    if not cues.found:
        return
    for match in _ANY.finditer(text):
        start, end = match.span()
        wanted = _CUED.get(cues.family(start, end))
        if wanted is None:
            continue
        number = match.group("number")
        if not wanted.low <= len(digits_of(number)) <= wanted.high or not wanted.holds(number):
            continue
        if wanted.kind != "birth-date" and _LOOKS_LIKE_A_DAY.fullmatch(number):
            continue
        if wanted.kind == "phone" and match.group("letters"):
            continue
        yield trimmed(text, start if wanted.letters else match.start("number"), end, wanted.kind)
