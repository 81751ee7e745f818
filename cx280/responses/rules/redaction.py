"""Takes out of people's words what names a person or opens an account: numbers and addresses.

Only kinds with a fixed shape are found here (a name or a street has none). Every pattern is
bounded, so that a hostile text cannot make it slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A place in the text, as Python slices it, and what stands there."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Redacted:
    """The text that may be kept, and the spans of the original that were taken out."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    kind: str
    pattern: re.Pattern[str]
    holds: Callable[[str], bool] = lambda _: True
    nearby: re.Pattern[str] | None = None  # must stand within `_REACH` characters before it


_REACH = 40
_SEPARATOR = r"[ .\-\u00a0\u2010-\u2013]"


def _words(*alternatives: str) -> re.Pattern[str]:
    """Finds any of the words, but not the label a redaction left behind, as in `[phone]`."""
    return re.compile(rf"(?<![\[\w])(?:{'|'.join(alternatives)})(?!\])", re.IGNORECASE)


def _digits(text: str) -> str:
    return "".join(each for each in text if each.isdecimal())


def passes_luhn(number: str) -> bool:
    """Whether the digits of the number carry the check digit that payment cards do."""
    total = 0
    for place, digit in enumerate(reversed(_digits(number))):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _has_digits(low: int, high: int) -> Callable[[str], bool]:
    def holds(text: str) -> bool:
        return low <= len(_digits(text)) <= high

    return holds


_SOCIAL = _words(r"ssn", r"ss ?#", r"social", r"itin", r"tax ?id", r"seguro", r"taxpayer")
_CARD = _words(r"card", r"visa", r"mastercard", r"amex", r"debit", r"credit", r"tarjeta")
_PHONE = _words(
    r"phone\w*", r"cell\w*", r"mobile", r"call(?:ed|ing)?", r"text me", r"tel\w*", r"fax",
    r"reach me", r"contact", r"number", r"tel[eé]fono", r"celular", r"ll[aá]m\w*", r"m[oó]vil",
    r"n[uú]mero", r"marc[ao]r?", r"ext",
)  # fmt: skip
_ALIEN = _words(r"alien", r"a-?number", r"uscis", r"immigration", r"extranjero", r"inmigra\w+")
_OFFICES = "EAC|WAC|LIN|SRC|MSC|NBC|YSC|IOE|VSC|TSC|CSC|NSC|MSD"
_DOMAIN = r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"

# In order of trust: where two overlap, the longer wins, then the one named first.
_SHAPES = (
    _Shape("url", re.compile(r"(?:https?://|www\.)[^\s<>\"?]{1,500}\?[^\s<>\"]{1,2000}", re.I)),
    _Shape("email", re.compile(rf"[\w.+%'-]{{1,64}}\s?@\s?{_DOMAIN}")),
    _Shape(
        "email",
        re.compile(
            r"\b[\w.+-]{1,64}\s{1,3}[\[(]?(?:at|arroba)[\])]?\s{1,3}[\w-]{1,63}"
            r"\s{1,3}[\[(]?(?:dot|punto)[\])]?\s{1,3}(?:com|gov|org|net|edu|mil|us|mx|es)\b",
            re.I,
        ),
    ),
    _Shape(
        "receipt",
        re.compile(rf"\b(?:{_OFFICES})[ -]?\d{{2}}[ -]?\d{{3}}[ -]?\d{{5}}(?!\d)", re.I),
    ),
    _Shape("a-number", re.compile(r"\bA[-#]?\d{8,9}(?!\d)", re.I)),
    _Shape("a-number", re.compile(r"\bA[ -]?#?\d{2,3}[ -]\d{3}[ -]\d{3}(?!\d)")),
    _Shape("a-number", re.compile(r"(?<!\d)\d{8,9}(?!\d)"), nearby=_ALIEN),
    _Shape("ssn", re.compile(r"(?<![\d-])\d{3}([- .\u2010-\u2013])\d{2}\1\d{4}(?![\d-])")),
    _Shape("ssn", re.compile(r"(?<!\d)\d{3}[ -]?\d{2}[ -]?\d{4}(?!\d)"), nearby=_SOCIAL),
    _Shape(
        "card",
        re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)"),
        holds=lambda text: passes_luhn(text) and len(set(_digits(text))) > 1,
    ),
    _Shape("card", re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)"), nearby=_CARD),
    _Shape(
        "phone",
        re.compile(
            rf"(?<![\d/])(?:(?:\+|00)?1{_SEPARATOR}?)?"
            rf"(?:\(\d{{3}}\)|\d{{3}}){_SEPARATOR}{{0,2}}\d{{3}}{_SEPARATOR}?\d{{4}}"
            r"(?:\s?(?:x|ext\.?|#)\s?\d{1,6})?(?![\d/])",
            re.I,
        ),
    ),
    _Shape(
        "phone",
        re.compile(r"\+\d(?:[ ().\-\u00a0]{0,2}\d){6,14}(?!\d)"),
        holds=_has_digits(7, 15),
    ),
    _Shape(
        "phone",
        re.compile(r"(?<![\d/.,$])\(?\d(?:[ ().\-]{0,2}\d){6,14}(?:x\d{1,6})?(?![\d/%])"),
        holds=_has_digits(7, 15),
        nearby=_PHONE,
    ),
)


def redact(text: str) -> Redacted:
    """The text with each e-mail address, telephone, social security, card, alien registration and
    immigration receipt number, and each web address with a query, replaced by its kind: `[phone]`.
    """
    spans = _without_overlaps(_found(text))
    kept: list[str] = []
    at = 0
    for span in spans:
        kept += [text[at : span.start], f"[{span.kind}]"]
        at = span.end
    return Redacted("".join([*kept, text[at:]]), tuple(spans))


def _found(text: str) -> Iterator[Span]:
    has_digit = any(each.isdecimal() for each in text)
    for shape in _SHAPES:
        if not has_digit and shape.kind not in {"url", "email"}:
            continue
        for match in shape.pattern.finditer(text):
            before = text[max(0, match.start() - _REACH) : match.start()]
            if shape.nearby is not None and not shape.nearby.search(before):
                continue
            if shape.holds(match.group()):
                yield _trimmed(text, Span(match.start(), match.end(), shape.kind))


def _trimmed(text: str, span: Span) -> Span:
    """The span without the punctuation that ends the sentence around it."""
    end = span.end
    while end > span.start + 1 and text[end - 1] in ".,;:!'\"":
        end -= 1
    return Span(span.start, end, span.kind)


def _without_overlaps(spans: Iterator[Span]) -> list[Span]:
    """The spans in order; where two overlap the longer one stays."""
    taken: list[Span] = []
    for span in sorted(spans, key=lambda each: each.start - each.end):  # longest first, stable
        if all(span.end <= other.start or span.start >= other.end for other in taken):
            taken.append(span)
    return sorted(taken)
