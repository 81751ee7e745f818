"""A template as a document: what every kind says of itself, and nothing it holds is dropped."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable


@dataclass(frozen=True, slots=True)
class Head:
    """What every template says of itself.

    official: whether OMB issued it; notice: what is said otherwise. first_year, last_year: the
    fiscal years it may be used for; source: where it comes from.
    """

    code: str
    version: int
    kind: str
    title: str
    made_by: str
    official: bool
    notice: str
    source: str
    first_year: int
    last_year: int

    @property
    def name(self) -> str:
        """`cx280-capacity, version 1`."""
        return f"{self.code}, version {self.version}"


@implements("280.9-fn4", "INC-18", "INC-45")
def document_in(text: str) -> dict[str, Any]:
    """The document in a TOML text, as plain JSON values; raises Unusable when it is none.

    Where it comes from is a field of it; nothing is ever fetched from a page.
    """
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Unusable(f"This is no TOML: {problem}.", field="template") from None
    document: dict[str, Any] = json.loads(json.dumps(written, default=str))
    return document


def taken_head(raw: dict[str, Any]) -> dict[str, Any]:
    """The fields of the head, taken out of the document; what is left is the kind's own."""
    words = ("code", "kind", "title", "made_by", "source")
    numbers = ("version", "first_year", "last_year")
    return {
        **{name: str(raw.pop(name)) for name in words},
        **{name: int(raw.pop(name)) for name in numbers},
        "official": bool(raw.pop("official")),
        "notice": str(raw.pop("notice", "")),
    }


@implements("INC-16")
def head_faults(head: Head) -> Iterator[str]:
    """What is wrong with what a template says of itself, as the end of a sentence."""
    if head.last_year < head.first_year:
        yield "its last year lies before its first"
    if not head.official and not head.notice:
        yield "it is not OMB's and does not say so in a notice"


def digest_of(document: Mapping[str, Any]) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    said = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()
