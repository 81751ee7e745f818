"""What could tell who somebody is, taken out of pages and properties before they are kept.

Harder than on comments: a page or a name says what people did, and no digits of a person belong
there. Nine digits in a row are gone whatever they are: a Social Security number, a case, a card.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import parse_qsl, quote, unquote, urlsplit

REMOVED = "(removed)"
LONGEST_PAGE = 512
_TRACES = re.compile(
    # E-mail, also where the sign is written as in addresses.
    r"[\w.+'-]{1,64}+(?:@|%40)[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}"
    # A telephone without area code; then nine digits and more, however they are grouped.
    r"|(?<!\d)\d{3}[ .-]\d{4}(?!\d)"
    r"|\d(?:[ .()_-]{0,2}\d){8,40}"
)
_GROUPED = re.compile(r"\d{3}-\d{2}-\d{4}|\d{3}-\d{3}-\d{4}|\d{9}")
_SUSPECT = re.compile(r"[@%]|\d[ .()_-]{0,2}\d[ .()_-]{0,2}\d[ .()_-]{0,2}\d[ .()_-]{0,2}\d")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_PARAMETERS = re.compile(r";[^/]*")


def has_traces(text: str) -> bool:
    """Whether an e-mail address, a telephone or nine digits in a row stand in the text."""
    return _SUSPECT.search(text) is not None and _without(text) != text


def kinds_in(text: str) -> list[str]:
    """Which kinds of personal data stand in the text: email, number, telephone; sorted."""
    if _SUSPECT.search(text) is None:
        return []
    plain = _plain(_TRACES.sub(" ", text))
    found = [*_TRACES.findall(text), *_TRACES.findall(plain)]
    return sorted({_kind_of(each) for each in found})


def kinds_in_page(page: str, queries: Collection[str] = ()) -> list[str]:
    """The same of what would be kept of a page: its path, and of its query only `queries`."""
    if _SUSPECT.search(page) is None:
        return []
    try:
        parts = urlsplit(page)
    except ValueError:
        return []
    values = [value for key, value in parse_qsl(parts.query) if key in queries] if queries else []
    return kinds_in("\n".join([_PARAMETERS.sub("", parts.path), *values]))


def _kind_of(trace: str) -> str:
    if "@" in trace or "%40" in trace:
        return "email"
    digits = sum(each.isdigit() for each in trace)
    return "telephone" if digits in (7, 10) and not trace.isdigit() else "number"


def is_number_of_a_person(name: str) -> bool:
    """Whether the whole name is written like a Social Security number or a telephone.

    For random names, where nine digits in a row come up by chance.
    """
    return 9 <= len(name) <= 12 and _GROUPED.fullmatch(name) is not None


def clean_text(text: str) -> str:
    """The text on one line, with what could tell who somebody is replaced by `(removed)`."""
    if _SUSPECT.search(text) is not None:
        text = _without(text)
    return _CONTROL.sub(" ", text)


def clean_page(page: str, queries: Collection[str] = ()) -> str:
    """Host and path of an address, at most 512 characters, and of its query only `queries`.

    The fragment, a password before the host, parameters after a semicolon (session ids live there)
    and what could tell who somebody is are taken out; so is an address that cannot be read.
    """
    if not is_plain(page):
        page = _rewritten(page, queries)
    if _SUSPECT.search(page) is not None:
        cleaned = _without(page)
        if cleaned != page:
            # What is written anew may look like a trace where a letter is written as its bytes.
            page = _TRACES.sub(REMOVED, quote(_plain(cleaned), safe="/:?&=()+,!*'@$~.-_"))
    return page[:LONGEST_PAGE]


def is_plain(page: str) -> bool:
    """Whether the page is a path and nothing else, in the characters of addresses."""
    return _SIMPLE.fullmatch(page) is not None


_SIMPLE = re.compile(r"(?:/[A-Za-z0-9_.~!*'()+,&=%-]{1,512})*/?")


def _rewritten(page: str, queries: Collection[str]) -> str:
    try:
        parts = urlsplit(page)
        host = parts.hostname or ""
    except ValueError:
        return REMOVED
    path = _PARAMETERS.sub("", _CONTROL.sub("", parts.path))
    kept = [
        f"{quote(key)}={quote(clean_text(value))}"
        for key, value in (parse_qsl(parts.query, max_num_fields=None) if queries else [])
        if key in queries
    ]
    before = f"{parts.scheme}://{host}" if host and parts.scheme else ""
    return f"{before}{path}{'?' + '&'.join(kept) if kept else ''}"


def _without(text: str) -> str:
    """The text without traces, first as it is written, then as its percent signs are read.

    A percent sign before digits may be a sign or part of the writing: `%12` hides a digit.
    """
    text = _TRACES.sub(REMOVED, text)
    plain = _plain(text)
    return text if _TRACES.search(plain) is None else _TRACES.sub(REMOVED, plain)


def _plain(text: str) -> str:
    """The text with its percent signs read, however often they were written over."""
    for _ in range(5):
        if "%" not in text:
            break
        read = unquote(text)
        if read == text:
            break
        text = read
    return text
