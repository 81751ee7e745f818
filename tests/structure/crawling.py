"""What somebody comes to by following every link and form, one address for each route."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

LINKS = {"href", "action", "src", "hx-get", "hx-post"}
PART = re.compile(r"<[^>]*>")
# What a form is sent with where the page gives no value: anything that such a field may hold.
TYPED = {"date": "2023-05-10", "number": "1", "email": "a@example.gov", "url": "https://x.gov/"}


@dataclass
class Page(HTMLParser):
    """The addresses a page leads to, and what its forms would send as they stand."""

    path: str
    addresses: list[str] = field(default_factory=list)
    bodies: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._body: dict[str, str] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Notes links, forms and fields."""
        given = {name: value or "" for name, value in attrs}
        for name in LINKS & set(given):
            path = urlsplit(given[name]).path
            if path.startswith("/") and not path.startswith("/static/"):
                self.addresses.append(path)
        if tag == "form":
            action = urlsplit(given.get("action") or self.path).path or self.path
            self._body = self.bodies.setdefault(action, {})
        elif self._body is not None:
            self._field(self._body, tag, given)

    def _field(self, body: dict[str, str], tag: str, given: dict[str, str]) -> None:
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and given.get("value") and not body.get(self._select):
            body[self._select] = given["value"]
        elif tag in {"input", "textarea", "button"} and name:
            usual = "" if tag == "button" else TYPED.get(given.get("type", ""), "Something")
            body.setdefault(name, given.get("value") or usual)

    def handle_endtag(self, tag: str) -> None:
        """Leaves a form."""
        if tag == "form":
            self._body = None


@dataclass
class Found:
    """The address of each route by its pattern, and what forms send to addresses."""

    addresses: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, dict[str, str]] = field(default_factory=dict)

    def met(self) -> dict[str, str]:
        """What arguments were, by the start of a pattern up to and with the argument."""
        found: dict[str, str] = {}
        for pattern, address in self.addresses.items():
            shape = "([^/]+?)".join(map(re.escape, PART.split(pattern)))
            match = re.fullmatch(f"/{shape}", address)
            if match:
                starts = [pattern[: part.end()] for part in PART.finditer(pattern)]
                found.update(zip(starts, match.groups(), strict=True))
        return found


def filled(pattern: str, arguments: dict[str, str]) -> str:
    """An address for the pattern of a route that no page led to, from what arguments are."""
    address = pattern
    for part in PART.finditer(pattern):
        start = pattern[: part.end()]
        assert start in arguments, (
            f"No page leads to {pattern}: say in told_nowhere what {start} is."
        )
        address = address.replace(part.group(), arguments[start], 1)
    return f"/{address}"


def crawl(client: Client, starts: Iterable[str]) -> Found:
    """Everything that can be come to from there; files are met, not opened."""
    found, waiting, met = Found(), deque(starts), set(starts)
    while waiting:
        path = waiting.popleft()
        try:
            pattern = resolve(path).route
        except Resolver404:
            continue
        if pattern in found.addresses:
            continue
        page = _read(client, path)
        if page is None:  # an example that names nothing; perhaps another link does
            continue
        found.addresses[pattern] = path
        for action, body in page.bodies.items():
            found.bodies.setdefault(action, body)
        for address in page.addresses:
            if address not in met:
                met.add(address)
                waiting.append(address)
    return found


def _read(client: Client, path: str) -> Page | None:
    page = Page(path)
    if "." in path.rsplit("/", 1)[-1]:
        return page
    answer: HttpResponse = client.get(path)  # type: ignore[assignment]
    if answer.status_code == 404:
        return None
    if answer.status_code == 302:
        page.addresses.append(urlsplit(answer.headers["Location"]).path)
    elif "html" in answer.headers.get("Content-Type", "") and not answer.streaming:
        page.feed(answer.content.decode())
    return page
