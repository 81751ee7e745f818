"""Takes out of people's words what names a person, says where they live or opens an account.

`redact` is the whole of it; each family of kinds has a file. Every pattern is bounded, so that a
hostile text cannot make it slow.
"""

from __future__ import annotations

from collections.abc import Iterator

from cx280.responses.rules.redaction.addresses import addresses
from cx280.responses.rules.redaction.births import births
from cx280.responses.rules.redaction.checksums import passes_luhn
from cx280.responses.rules.redaction.contact import internet, mails, spelled, telephones
from cx280.responses.rules.redaction.cues import Cues
from cx280.responses.rules.redaction.names import names
from cx280.responses.rules.redaction.numbers import cued, shaped
from cx280.responses.rules.redaction.spans import Redacted, Span, replaced, without_overlaps

__all__ = ["KINDS", "Redacted", "Span", "passes_luhn", "redact"]

KINDS = {
    "name": "a person's name",
    "address": "a street address",
    "phone": "a telephone number",
    "email": "an e-mail address",
    "card": "a payment card's number",
    "ssn": "a Social Security number",
    "itin": "a taxpayer number",
    "a-number": "an alien registration number",
    "receipt": "an immigration receipt number",
    "va-file": "a VA file number",
    "passport": "a passport's number",
    "licence": "a driver licence's number",
    "birth-date": "a day of birth",
    "account": "a bank account's number",
    "routing": "a bank's routing number",
    "ip": "the address of a machine",
    "url": "a web address with a query",
}


def redact(text: str) -> Redacted:
    """The text with everything of KINDS replaced by its kind (`[phone]`), and the spans of the
    original that were taken out, in order, never overlapping.
    """
    spans = without_overlaps(_found(text))
    return Redacted(replaced(text, spans), tuple(spans))


def _found(text: str) -> Iterator[Span]:
    yield from mails(text)
    yield from names(text)
    cues = Cues.of(text)
    if any(each.isdecimal() for each in text):
        yield from internet(text)
        yield from shaped(text, cues)
        yield from telephones(text, cues)
        yield from cued(text, cues)
        yield from births(text, cues)
        yield from addresses(text)
    elif "?" in text:
        yield from internet(text)
    yield from spelled(text, cues)
