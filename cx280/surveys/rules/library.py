"""The Circular's statements with the names of one service in their slots, in every language."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cx280.circular.edition import Edition, Statement

_SLOT = re.compile(r"\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Names:
    """What goes into the slots: the service's name as people know it, the agency's, and whom the
    agency serves."""

    service: str
    agency: str = ""
    population: str = ""

    def for_slot(self, slot: str) -> str:
        """The name that belongs in a slot; the slot itself when nothing is known for it."""
        if "population" in slot.casefold():
            return self.population or f"[{slot}]"
        wanted = self.agency or self.service if slot.startswith("Agency") else self.service
        return wanted or f"[{slot}]"


@dataclass(frozen=True, slots=True)
class Offer:
    """A statement ready to be used: its id, construct, response and texts by language."""

    statement: str
    construct: str
    response: str
    texts: dict[str, str]
    where_only: tuple[str, ...]


def texts_of(statement: Statement, names: Names) -> dict[str, str]:
    """The statement by language, slots filled, with its full stop."""
    written = {"en": statement.text, **statement.translations}
    return {locale: _filled(text, names) for locale, text in written.items()}


def offers(edition: Edition, names: Names, construct: str = "") -> list[Offer]:
    """The statements of the edition (of one construct when given), ready to be used."""
    return [
        Offer(each.id, each.construct, each.response, texts_of(each, names), each.where_only)
        for each in edition.statements
        if not construct or each.construct == construct
    ]


def _filled(text: str, names: Names) -> str:
    words = _SLOT.sub(lambda slot: names.for_slot(slot[1]), text).rstrip()
    return words if words.endswith((".", "?", "!")) else f"{words}."
