"""The main navigation: what this person may open, in the order of their work."""

from dataclasses import dataclass

from django.http import HttpRequest

from cx280.accounts.access import WhoMay, person_of
from cx280.accounts.rules import Capability


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the navigation: its words, the route's name, who may, and its address prefix."""

    label: str
    route: str
    who: WhoMay
    prefix: str


def _for(*capabilities: Capability) -> WhoMay:
    return WhoMay(capabilities=frozenset(capabilities))


ENTRIES: tuple[Entry, ...] = ()


def navigation(request: HttpRequest) -> dict[str, object]:
    """Template context: `navigation` (entries with `is_current`) and `person`."""
    person = person_of(request)
    entries = [
        {"entry": each, "is_current": request.path.startswith(each.prefix)}
        for each in ENTRIES
        if each.who.admits(person)
    ]
    return {"navigation": entries, "person": person}
