"""Where somebody lives: streets with their number, boxes, routes, city with state and ZIP.

A town, a state or a ZIP code alone names nobody and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cx280.responses.rules.redaction.spans import Span, trimmed
from cx280.responses.rules.redaction.streets import (
    CAPITAL_STREETS,
    NO_STREET,
    SPANISH_STREETS,
    STATE_CODES,
    STATES,
    STREETS,
    UNITS,
    WORDS_TOO,
)

_WORD = r"[^\W\d_][\w'’-]{0,24}\.?"
_ORDINAL = r"\d{1,3}\s?(?:st|nd|rd|th)"
_WAY = r"(?:[NSEW]|N\.?E|N\.?W|S\.?E|S\.?W|north(?:east|west)?|south(?:east|west)?|east|west)\b\.?"
_NUMBER = (
    r"(?<![\w$€£#/.,:-])(?:\d{1,4}\s{1,2})?\d{1,6}(?:\s?[-/]\s?\d{1,4})?(?:\s?½)?[A-Za-z]?,?\s{1,3}"
)
_ZIP = r"\d{5}(?:\s?-\s?\d{4})?(?![\d-])"
_CITY = r"(?-i:[^\W\d_a-z][\w'’.-]{1,20}(?:\s(?-i:[^\W\d_a-z])[\w'’.-]{1,20}){0,2})"
_TOWN = r"(?-i:[^\W\d_a-z][a-záéíóúñ'’-]{1,20}(?:\s(?-i:[^\W\d_a-z])[a-záéíóúñ'’-]{1,20}){0,2})"
_ANY_CITY = rf"{_WORD}(?:\s{_WORD}){{0,2}}?"
_UNIT = (
    rf"(?:\s?[,.]?\s{{0,3}}(?:(?:{UNITS})\b\.?\s{{0,2}}#?\s?(?:no\.?\s)?[A-Za-z]?-?\d{{0,5}}[A-Za-z]?\b"
    r"|#\s?[\w-]{1,6}))"
)
_PLACE = (
    rf"(?:\s?,?\s{{1,3}}(?:{_CITY}|{_ANY_CITY})\s?,?\s{{1,3}}(?:{STATE_CODES}|{STATES})\b\.?"
    rf"\s?,?\s{{0,3}}{_ZIP}"
    rf"|\s?,?\s{{1,3}}{_CITY}\s?,?\s{{1,3}}(?-i:{STATE_CODES}|{STATES})\b(?!\s?\d)"
    rf"|\s?,?\s{{1,3}}(?:{STATE_CODES}|{STATES})\b\s?,?\s{{0,3}}{_ZIP}"
    rf"|\s?,\s{{0,3}}{_TOWN}(?=\s*(?:[.!?;\n]\s*(?!\d)|$))"
    rf"|\s?,?\s{{1,3}}(?:C\.?P\.?\s)?{_ZIP}"
    # Towns abroad, also a line each, before a code of five digits.
    rf"|(?:[\s,]{{1,5}}(?!(?:and|but|then|for|y|pero)\b){_WORD}){{1,6}}?[\s,]{{1,3}}\d{{5}}(?!\d))"
)
_TAIL = rf"(?:\s?,?\s{{1,2}}{_WAY})?{_UNIT}{{0,2}}{_PLACE}?"

_STREET = re.compile(
    rf"{_NUMBER}(?:{_WAY}\s{{1,2}})?(?P<words>(?:(?:{_WORD}|{_ORDINAL})\s{{1,2}}){{1,4}}?)"
    rf"(?P<street>(?:{STREETS})\b|(?-i:{CAPITAL_STREETS})\b)\.?(?:\s(?:(?:{STREETS})\b|(?-i:{CAPITAL_STREETS})\b)\.?)?{_TAIL}",
    re.I,
)
_ROUTE = re.compile(
    rf"{_NUMBER}(?:{_WAY}\s{{1,2}})?(?:(?:us|u\.s\.|state|county|old|farm)\s)?(?:highway|hwy|route|rte"
    rf"|road|rd|cr|fm|sr)\s#?\d{{1,4}}\b{_TAIL}|{_NUMBER}(?:{_WAY}\s)?broadway\b{_TAIL}",
    re.I,
)
_BOX = re.compile(
    r"(?<!\w)(?:p\.?\s?o\.?\s?b(?:ox|x)?\b\.?|post\s?office\s?box|postal\s?box|apartado(?:\spostal)?"
    rf"|apdo\b\.?(?:\spostal)?|casilla)\s{{0,2}}(?:#|no\.?|number|n[uú]m\.?)?\s{{0,2}}\d{{1,7}}\b{_TAIL}"
    r"|(?<!\w)(?:r\.?r\.?|rural\s(?:route|rt)|hc|star\sroute)\s?#?\s?\d{1,4},?\s{1,2}"
    rf"(?:box|bz[oó]?n|buz[oó]n)\s?#?\s?\d{{1,6}}\b{_TAIL}"
    r"|\b(?:psc|cmr|unit)\s\d{1,5},?\s{1,2}box\s\d{1,6},?\s{1,2}(?:apo|fpo|dpo),?\s(?:ae|ap|aa)\s\d{5}",
    re.I,
)
_SPANISH = re.compile(
    rf"(?<!\w)(?P<first>\d{{1,5}},?\s)?(?:{SPANISH_STREETS}|c/)\b\.?\s{{1,2}}"
    rf"(?P<words>(?:(?:{_WORD}|\d{{1,3}}),?\s{{1,2}}){{1,5}}?)"
    r"(?P<mark>n[uú]m(?:ero)?\.?\s?|no\.?\s?|#\s?|n[°º]\s?)?"
    r"(?P<number>\d{1,5}(?:\s?-?(?-i:[A-Z])\b|-\d{1,4})?)(?![\w%/]|[.,:]\d)"
    rf"{_UNIT}{{0,2}}(?:,?\s(?:col(?:onia)?|urb(?:anizaci[oó]n)?)\b\.?\s{_CITY})?{_PLACE}?",
    re.I,
)
_SPANISH_NUMBER_FIRST = re.compile(
    rf"{_NUMBER}(?:{SPANISH_STREETS}|rue|rua)\b\.?\s{{1,2}}(?:(?:de|del|la|las|los)\s){{0,2}}{_CITY}{_TAIL}",
    re.I,
)
# Streets whose kind is part of their name, in languages that write so: Hauptstraße 12.
_JOINED = re.compile(
    r"(?:(?<!\w)\d{1,4}\s)?\b[^\W\d_]{2,25}(?:stra(?:ss|ß)e|straat|gasse|gade|gata|gatan|vej|weg|laan"
    rf"|plein|utca)\s\d{{1,4}}[a-z]?\b{_TAIL}",
    re.I,
)
_CITY_STATE_ZIP = re.compile(
    rf"(?<!\w)(?P<city>{_WORD}(?:\s{_WORD}){{0,2}}?)(?P<comma>\s?,)?\s{{1,2}}"
    rf"(?P<state>{STATE_CODES}|{STATES})\b\.?\s?,?\s{{1,2}}{_ZIP}",
    re.I,
)
_LIVES = re.compile(
    r"(?<!\w)(?:(?P<sure>(?:home|mailing|billing|my|his|her|new|old|street|current|the)\s?address(?:es)?"
    r"|address(?:es)?(?=\s?(?::|is|it|to|with|was))|direcci[oó]n|domicilio)"
    r"|liv(?:e[sd]?|ing)\s(?:at|in|on)|resid(?:e[sd]?|ing)\s(?:at|in|on)|located\s(?:at|on|in)"
    r"|(?:mail|send|sent|ship|return|deliver|moved)\s(?:\w{1,12}\s){0,2}(?:to|from|at)"
    r"|(?:is|are|house|home|apartment)\s(?:at|on)|viv(?:o|e|imos)\sen|resid(?:o|e)\sen"
    r"|mud(?:[eé]|amos)\sa|env[ií]\w{1,5}\s(?:\w{1,10}\s)?a)"
    r"(?P<gap>[\s:,?]{1,4}(?:(?:is|it\sis|here\sthey\sare|to|with|was|es|en|a)[\s:]{1,3}){0,2})"
    r"(?=(?P<body>\d[^!?;]{3,110}))",
    re.I,
)
_ENDS_ADDRESS = re.compile(
    r"[.]\s+(?=[A-Z])(?!apt|suite|unit|ste\b)|\n\s*\n|\s(?:and|but|because|so|since|for|in case"
    r"|when|y|pero|porque|instead"
    r"|which|where|after|until|before|please|with|as|i|que|desde|para)\s|[.]?\s*$",
    re.I,
)
_FIRST_WORD = re.compile(r"[\d\s/-]{1,16}(?P<word>[^\W\d_][\w'’.-]*)")


_NEVER_A_VERB = frozenset(
    {"street", "st", "avenue", "ave", "av", "road", "rd", "boulevard", "blvd", "lane", "ln"}
)


def addresses(text: str) -> Iterator[Span]:
    """Addresses with a number in them."""
    yield from _streets(text)
    for pattern in (_ROUTE, _BOX, _SPANISH_NUMBER_FIRST, _JOINED):
        for match in pattern.finditer(text):
            yield trimmed(text, *match.span(), "address")
    yield from _spanish(text)
    yield from _towns(text)
    yield from _said_to_live(text)
    yield from _blocks(text)


def _streets(text: str) -> Iterator[Span]:
    for match in _STREET.finditer(text):
        words = match.group("words").split()
        if any(each.lower().strip(".,") in NO_STREET for each in words):
            continue
        capital = words[0][0].isupper() or words[0][0].isdigit()
        # `3 clerks drive` is no address: in small letters at most two words, and two digits
        # where the kind of street is also a word.
        long_number = match.group()[:2].isdigit()
        sure = match.group("street").lower() in _NEVER_A_VERB
        if not capital and (len(words) > 2 or not (long_number or sure)):
            continue
        yield trimmed(text, *match.span(), "address")


_SMALL = frozenset({"de", "del", "la", "las", "los", "el", "y", "san", "santa"})


def _spanish(text: str) -> Iterator[Span]:
    for match in _SPANISH.finditer(text):
        words = [each.strip(".,") for each in match.group("words").split()]
        names = [each for each in words if each.lower() not in _SMALL]
        capital = all(each[:1].isupper() or each[:1].isdigit() for each in names)
        plain = not match.group("mark") and not capital
        if plain and any(each.lower() in NO_STREET for each in names):
            continue
        if plain and len(names) > 2:
            continue
        after = text[match.end() : match.end() + 12].split()
        if (
            not match.group("mark")
            and after
            and after[0].lower().strip(".,") in NO_STREET - _SMALL - {"y", "en", "es", "and"}
        ):
            continue
        yield trimmed(text, *match.span(), "address")


def _towns(text: str) -> Iterator[Span]:
    for match in _CITY_STATE_ZIP.finditer(text):
        state, city = match.group("state"), match.group("city")
        if state.islower() and state in WORDS_TOO and not match.group("comma"):
            continue
        start = match.start()
        words = city.split()
        while len(words) > 1 and words[0].lower() in NO_STREET | {"live", "vivo", "near", "zip"}:
            start += len(words[0]) + 1
            words = words[1:]
        if words[-1].lower() in NO_STREET:
            continue
        yield trimmed(text, start, match.end(), "address")


def _said_to_live(text: str) -> Iterator[Span]:
    """What follows words that announce an address, when it begins with a house number."""
    for match in _LIVES.finditer(text):
        body = match.group("body")
        first = _FIRST_WORD.match(body)
        if first is None or first["word"].lower().strip(".") in NO_STREET:
            continue
        if not first["word"][0].isupper() and not match.group("sure"):
            continue
        stop = _ENDS_ADDRESS.search(body, first.end())
        end = match.start("body") + (stop.start() if stop else len(body))
        yield trimmed(text, match.start("body"), end, "address")


_HOUSE_LINE = re.compile(r"[^\w\n]{0,4}\d{1,5}(?:[ ,]{1,2}\d{1,5})?[ ,]{1,2}[^\W\d_][^\n]{1,45}$")
_CODE_LINE = re.compile(r"(?:.*[^\d])?\d{4,6}\W{0,2}$")


def _blocks(text: str) -> Iterator[Span]:
    """Addresses written a line each, as on an envelope: a house first, a postal code last."""
    if text.count("\n") < 2:
        return
    starts, lines, at = [], text.split("\n"), 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    for i, line in enumerate(lines):
        if not _HOUSE_LINE.match(line) or len(line.split()) > 8:
            continue
        for j in range(i + 1, min(i + 7, len(lines))):
            if len(lines[j].split()) > 5 or len(lines[j]) > 45:
                break
            if _CODE_LINE.match(lines[j]):
                first = starts[i] + len(line) - len(line.lstrip(" \t?•*-"))
                yield trimmed(text, first, starts[j] + len(lines[j]), "address")
                break
