"""E-mail addresses, telephones, internet addresses and web addresses with a query."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cx280.responses.rules.redaction.checksums import digits_of, is_north_american
from cx280.responses.rules.redaction.cues import Cues
from cx280.responses.rules.redaction.spans import Span, trimmed

_TOP = r"(?:com|gov|org|net|edu|mil|us|mx|es|info|co|io|me|biz|pr|ca|uk)"
_AT = r"(?:\s{0,2}[\[({<]\s?(?:at|arroba|@)\s?[\])}>]\s{0,2}|\s{1,3}(?:at|arroba)\s{1,3})"
_DOT = r"(?:\s{0,2}[\[({<]\s?(?:dot|punto|\.)\s?[\])}>]\s{0,2}|\s{1,3}(?:dot|punto)\s{1,3})"
_LOCAL = rf"[\w.+%'-]{{1,64}}(?:{_DOT}[\w+-]{{1,40}}){{0,2}}"
_PROVIDERS = (
    r"(?:g ?mail|yahoo|ymail|hot ?mail|outlook|aol|icloud|live|msn|proton(?:mail)?|comcast|verizon"
    r"|att|sbcglobal|cox|me|mac|gmx|mail)"
)
_MAILS = (
    re.compile(r"[\w.+%'-]{1,64}\s{0,2}@\s{0,2}[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"),
    # Spaces or a comma where the dot belongs, as people type on a telephone.
    re.compile(
        rf"[\w.+%'-]{{1,64}}\s{{0,2}}@\s{{0,2}}[\w-]{{1,63}}(?:\s{{0,2}}[.,]\s{{0,2}}|\s){_TOP}\b",
        re.I,
    ),
    re.compile(rf"(?<![\w.]){_LOCAL}(?:{_AT}|\s?@\s?)[\w-]{{1,63}}"
        rf"(?:{_DOT}[\w-]{{1,30}}){{0,2}}{_DOT}{_TOP}\b", re.I),
    re.compile(rf"(?<![\w.]){_LOCAL}{_AT}{_PROVIDERS}\s?[.,]\s?{_TOP}\b", re.I),
    re.compile(r"(?<![\w.])[\w.+-]{1,64}\s?[\[({]\s?(?:at|@)\s?[\])}]"
        r"\s?[\w-]{1,63}\.[\w.]{2,40}", re.I),
)  # fmt: skip
_AT_SIGN = re.compile(r"@|\bat\b|\barroba\b", re.I)
_WEB = re.compile(r"(?:https?://|www\.)[^\s<>\"?]{1,500}\?[^\s<>\"]{1,2000}", re.I)

_OCTET = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_INTERNET = (
    re.compile(rf"(?<![\w.]){_OCTET}(?:\.{_OCTET}){{3}}(?![\w]|\.\d)"),
    re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])", re.I),
    re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,6}(?::[0-9a-f]{1,4}){1,5}(?![\w:])", re.I),
)

_GAP = r"[ .\-\u00a0\u2010-\u2014]"
_EXTENSION = r"(?:,?\s?(?:x|ext(?:ension)?\.?|#)\s?\d{1,6})?"
_NORTH_AMERICAN = re.compile(
    rf"(?<![\d/])(?:(?:\+|00)?1{_GAP}{{0,2}})?"
    rf"(?:\(\s?\d{{3}}\s?\)|\d{{3}}){_GAP}{{0,3}}\d{{3}}{_GAP}{{0,3}}\d{{4}}{_EXTENSION}(?![\d/])",
    re.I,
)
_INTERNATIONAL = re.compile(r"\+\d(?:[ ().\-\u00a0]{0,2}\d){6,14}(?!\d)")
_ALMOST_DIGITS = re.compile(
    r"(?<![\w-])\(?[\dOoIl]{3}\)?[-. ]{1,2}[\dOoIl]{3}[-. ][\dOoIl]{4}(?![\w-])"
)
_DIGIT_WORD = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine"
    r"|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve)"
)
_SPELLED = re.compile(rf"\b(?:{_DIGIT_WORD}[\s,.\-]{{1,3}}){{6,15}}{_DIGIT_WORD}\b", re.I)


def mails(text: str) -> Iterator[Span]:
    """E-mail addresses, as written and as people hide them: `jane (at) gmail dot com`."""
    if not _AT_SIGN.search(text):
        return
    for pattern in _MAILS:
        for match in pattern.finditer(text):
            yield trimmed(text, match.start(), match.end(), "email")


def internet(text: str) -> Iterator[Span]:
    """Web addresses with a query (it often carries a person's key), and addresses of machines."""
    if "?" in text:
        for match in _WEB.finditer(text):
            yield trimmed(text, match.start(), match.end(), "url")
    if text.count(".") >= 3 or text.count(":") >= 3:
        for pattern in _INTERNET:
            for match in pattern.finditer(text):
                yield Span(match.start(), match.end(), "ip")


def telephones(text: str, cues: Cues) -> Iterator[Span]:
    """Telephones with a shape of their own; those that need a word beside them: numbers.py."""
    for match in _NORTH_AMERICAN.finditer(text):
        start, end = match.span()
        if cues.is_said_to_be("other", start):
            continue
        digits = digits_of(match.group())
        bare = match.group().isdecimal()
        if bare and not _may_be_a_telephone(digits, cues.family(start, end)):
            continue
        yield trimmed(text, start, end, "phone")
    for match in _INTERNATIONAL.finditer(text):
        yield trimmed(text, match.start(), match.end(), "phone")
    for match in _ALMOST_DIGITS.finditer(text):
        if 6 <= len(digits_of(match.group())) < 10:
            yield trimmed(text, match.start(), match.end(), "phone")


def _may_be_a_telephone(digits: str, family: str) -> bool:
    """Whether digits in a row may be a telephone: by the plan, and nothing says otherwise."""
    return is_north_american(digits) and family in {"", "phone"}


def spelled(text: str, cues: Cues) -> Iterator[Span]:
    """Numbers told digit by digit in words: a telephone, unless a word says something else."""
    for match in _SPELLED.finditer(text):
        family = cues.family(match.start(), match.end())
        kind = {"ssn": "ssn", "card": "card", "account": "account"}.get(family, "phone")
        yield Span(match.start(), match.end(), kind)
