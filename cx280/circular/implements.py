"""`implements`: which catalogue ids a rule or a piece of the system carries out."""

from collections.abc import Callable
from typing import TypeVar

from cx280.kernel.problem import Unusable

Thing = TypeVar("Thing", bound=Callable[..., object])

_claims: dict[str, set[str]] = {}


def implements(*ids: str) -> Callable[[Thing], Thing]:
    """Marks a function or class as carrying out these ids of the catalogue (280.10-g2, INC-07)."""
    if not ids:
        raise Unusable("implements() needs at least one catalogue id.")

    def mark(thing: Thing) -> Thing:
        place = f"{thing.__module__}.{thing.__qualname__}"
        for each in ids:
            _claims.setdefault(each, set()).add(place)
        return thing

    return mark


def claims() -> dict[str, list[str]]:
    """The ids claimed so far, each with the dotted names that claim it, sorted."""
    return {each: sorted(places) for each, places in sorted(_claims.items())}
