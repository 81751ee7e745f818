"""Every address of the project, read from the resolver, so that new ones join by themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern
from django.utils.regex_helper import normalize

from cx280.accounts.access import WhoMay

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
# What stands for an argument of each kind: of the right shape, and naming nothing that exists.
DUMMIES = {
    "int": "987654321",
    "slug": "names-nothing",
    "str": "names-nothing",
    "path": "names/nothing",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


@dataclass(frozen=True)
class Route:
    """One address: its pattern, an address that fits it, and the view that answers."""

    pattern: str
    address: str
    view: Callable[..., Any]

    @property
    def who_may(self) -> WhoMay | None:
        """Who may open it; None when it does not say."""
        said = getattr(self.view, "who_may", None)
        return said if isinstance(said, WhoMay) else None

    @property
    def by_method(self) -> Mapping[str, WhoMay]:
        """Who may send which method; pages answer all methods by one rule."""
        given: Mapping[str, WhoMay] | None = getattr(self.view, "who_may_by_method", None)
        if given is not None:
            return given
        return dict.fromkeys(("GET", "POST"), self.who_may) if self.who_may else {}

    def __str__(self) -> str:
        return f"/{self.pattern}"


def routes() -> list[Route]:
    """All of them, in the order Django tries them."""
    return list(_below(get_resolver().url_patterns, "", ""))


def _below(patterns: list[Any], pattern: str, address: str) -> Iterator[Route]:
    for each in patterns:
        written, filled = _filled(each.pattern)
        if isinstance(each, URLResolver):
            yield from _below(each.url_patterns, pattern + written, address + filled)
        elif isinstance(each, URLPattern):
            yield Route(pattern + written, f"/{address}{filled}", each.callback)


def _filled(pattern: Any) -> tuple[str, str]:  # noqa: ANN401
    """The pattern as written, and with something in the place of each argument."""
    if isinstance(pattern, RoutePattern):
        written = str(pattern)
        filled = written
        for name, converter in pattern.converters.items():
            kind = _kind(converter)
            filled = filled.replace(f"<{kind}:{name}>", DUMMIES[kind])
            filled = filled.replace(f"<{name}>", DUMMIES[kind])
        return written, filled
    if isinstance(pattern, RegexPattern):
        shape, names = normalize(str(pattern))[0]
        return str(pattern), shape % dict.fromkeys(names, DUMMIES["slug"])
    raise AssertionError(f"{pattern!r}: teach tests/structure/routes.py this kind of pattern.")


def _kind(converter: object) -> str:
    """The word of a converter; a new kind of converter needs a dummy of its own here."""
    kind = (
        type(converter).__name__.removesuffix("Converter").removeprefix("String").lower() or "str"
    )
    assert kind in DUMMIES, f"{type(converter).__name__}: name an argument of this kind in DUMMIES."
    return kind
