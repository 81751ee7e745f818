"""Words that say what the number beside them is: `my social is`, `tarjeta`, `order no.`.

All cues of a text are found in one pass; the nearest one before a number decides, else one right
after it. `other` are the words of numbers that name nobody (orders, forms, rooms): they decide too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

REACH = 40  # characters between a cue and its number
_NUMBER = r"(?:[ ]?(?:numbers?|num\b\.?|no\b\.?|nbr|#|n[uú]mero|n[°º]))?"

# Of two that begin at one place the first wins: the more telling stand first.
_FAMILIES: tuple[tuple[str, str], ...] = (
    (
        "birth",
        r"date of birth|birth ?dates?|birth-?days?|born|b-?day|d\.? ?o\.? ?b\b\.?|naci[oóeé]?\b"
        r"|nac[ií]\b|nacid[oa]|fecha de nac\w*|nacimiento|nac\.|cumplea[ñn]os|cumplo",
    ),
    (
        "va_file",
        r"va (?:file|claims?|case)|c-?file|file number|claim (?:file|number|no\b|#)|c[- ]number"
        r"|veterans? (?:id|file)|(?:archivo|expediente|reclamo) (?:del? )?va\b"
        r"|archivo de (?:veterano|va)",
    ),
    ("itin", r"itin\b|individual taxpayer"),
    (
        "ssn",
        r"s\.?s\.?n\b\.?|ss ?#|social sec\w*|soc\.? ?sec\w*|social(?= ?(?:is|#|:|number|no\b|\d))"
        r"|seguro social|n[uú]mero de seguro|tax ?id|taxpayer|seguro",
    ),
    ("routing", r"routing|\baba\b|\brtn\b|n[uú]mero de ruta|\bruta\b|transit number"),
    (
        "card",
        r"(?:credit|debit|master|visa)[ -]?cards?|cards?\b|visa\b|mastercard|amex"
        r"|american express|discover\b|tarjeta\w*|tarj\b",
    ),
    (
        "account",
        r"(?:bank|checking|savings?|deposit)(?: (?:account|acct))?|account|acct\b\.?|a/c\b|iban"
        r"|cuenta(?: (?:bancaria|de (?:cheques|ahorros?)))?|cta\b\.?",
    ),
    ("passport", r"pass ?ports?|pasaporte|passprt|pasport"),
    (
        "licence",
        r"(?:driver'?’?s?|driving)[ ]?(?:licen[cs]es?|lic\b\.?)|licen[cs]e(?! plates?)"
        r"|\bd\.?l\b\.?(?= ?(?:number|no\b|#|is|:|\w?\d))|state id|licencia\w*(?: de \w{5,10})?",
    ),
    (
        "alien",
        r"alien(?: registration)?|a-?number|a#|uscis|immigration|green card|resident card"
        r"|extranjero|inmigra\w+|tarjeta verde",
    ),
    (
        "other",
        r"orders?|invoice|tracking|confirmation|reference|ref\b\.?|tickets?|forms?\b|room|window"
        r"|case(?= ?(?:number|no\b|#))|permits?|flight|batch|model|parts?\b|serial|item|sku|version"
        r"|pages?\b|docket|section|publication|notices?|zip|bar ?code|bus\b|gate|meter|code"
        r"|pedido|orden|formulario|factura|confirmaci[oó]n|boleto|folio|seguimiento|sala|ventanilla"
        r"|referencia|c[oó]digo|queue|turno",
    ),
    (
        "phone",
        r"phones?|cell(?:s|ular|phone)?\b|mobile|call(?:ed|ing|s)?\b|text(?:ed)? (?:me|us)"
        r"|tel[eé]fono|tel\b\.?"
        r"|fax|reach (?:me|us|him|her)|contact(?: me)?|celular|ll[aá]m\w*|m[oó]vil"
        r"|whatsapp"
        r"|marc[ao]r?\b|ext\b|voicemail|hotline|office|desk|home\b|work\b|(?:my )?number|n[uú]mero",
    ),
)  # fmt: skip

_CUES = re.compile(
    r"(?<![\[\w])(?:"
    + "|".join(f"(?P<{name}>(?:{words}){_NUMBER})" for name, words in _FAMILIES)
    + r")(?![\w\]])",
    re.IGNORECASE,
)
_BETWEEN_AFTER = re.compile(
    r"[\s,(\-]{0,3}(?:(?:is|was|as|es|era|como)\s+(?:(?:my|the|mi|el|la|su|his|her)\s+)?)?"
)
_BETWEEN_BEFORE = re.compile(r"[\s:#.=(-]{0,4}(?:(?:is|was|es|era)[\s:]{1,3})?")


_SENTENCE_ENDS = re.compile(r"[.!?]\s+(?=[^\W_a-z]|$)")
_SAYS_LITTLE = frozenset({"number", "numbers", "número", "numero", "office", "desk"})
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_OFTEN_MISSPELT = {
    "birth": "birth", "birthday": "birth", "nacimiento": "birth", "social": "ssn",
    "security": "ssn", "seguro": "ssn", "passport": "passport", "pasaporte": "passport",
    "account": "account", "checking": "account", "savings": "account", "cuenta": "account",
    "routing": "routing", "license": "licence", "licence": "licence", "licencia": "licence",
    "alien": "alien", "phone": "phone", "telephone": "phone", "telefono": "phone",
    "celular": "phone", "tarjeta": "card", "extranjero": "alien", "expediente": "va_file",
    "reference": "other", "tracking": "other", "confirmation": "other", "invoice": "other",
}  # fmt: skip


@cache
def _misspellings() -> dict[str, str]:
    """Each cue with a letter left out, doubled, or changed places with the next; by family."""
    found: dict[str, str] = {}
    for word, family in _OFTEN_MISSPELT.items():
        for i in range(len(word)):
            found[word[:i] + word[i + 1 :]] = family
            found[word[: i + 1] + word[i:]] = family
            found[word[:i] + word[i : i + 2][::-1] + word[i + 2 :]] = family
    # What is a word itself says nothing.
    return {word: family for word, family in found.items() if word not in _WORDS_THEMSELVES}


_WORDS_THEMSELVES = frozenset(
    ["count", "phones", "phone", "hone", "pone", "berth", "birch", "routine", "line"]
)


@dataclass(frozen=True, slots=True)
class Cues:
    """Every cue of a text, by place."""

    text: str
    ends: list[int]
    found: list[tuple[int, int, str]]  # start, end, family

    @classmethod
    def of(cls, text: str) -> Cues:
        """All cues of the text, read in one pass."""
        found = [(m.start(), m.end(), str(m.lastgroup)) for m in _CUES.finditer(text)]
        return cls(text, [end for _, end, _ in found], found)

    def family(self, start: int, end: int) -> str:
        """What the words say the number at start..end is: a family's name, "" when nothing does.

        The last cue that ends within REACH before it decides; without one, a cue right after it.
        """
        place = bisect_right(self.ends, start)
        before = self.found[place - 1] if place else None
        near = before is not None and start - before[1] <= REACH
        if near and before is not None:
            between = self.text[before[1] : start]
            if _SENTENCE_ENDS.search(between):
                # Another sentence's word gives way, and one of a number that names nobody says
                # nothing here at all.
                return self._after(end, place) or ("" if before[2] == "other" else before[2])
            if self.text[before[0] : before[1]].lower() in _SAYS_LITTLE:
                return self._misspelt(start) or before[2]
            return before[2]
        return self._after(end, place) or self._misspelt(start)

    def _after(self, end: int, place: int) -> str:
        between = _BETWEEN_AFTER.match(self.text, end)
        reached = between.end() if between else end
        for begin, _, family in self.found[place : place + 3]:
            if begin == reached:
                return family
        return ""

    def _misspelt(self, start: int) -> str:
        """The family of a cue with one letter wrong, in the last words before the place."""
        for word in reversed(_LONG_WORD.findall(self.text, max(0, start - REACH), start)):
            family = _misspellings().get(word.lower())
            if family:
                return family
        return ""

    def is_said_to_be(self, family: str, start: int) -> bool:
        """Whether a cue of the family stands right before the place: `order number: 202…`."""
        place = bisect_right(self.ends, start)
        if not place or self.found[place - 1][2] != family:
            return False
        between = _BETWEEN_BEFORE.fullmatch(self.text, self.found[place - 1][1], start)
        return between is not None
