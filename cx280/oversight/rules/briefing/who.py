"""Who we are, and what we designated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cx280.oversight.rules.briefing.shown import count_of
from cx280.oversight.rules.slides import Lines, Slide, Table
from cx280.pages.written import number, shortdate


@dataclass(frozen=True, slots=True)
class Designated:
    """A service with why it was designated; concurred_on: None while OMB has not decided."""

    name: str
    why: str
    concurred_on: date | None
    customers: int | None


@dataclass(frozen=True, slots=True)
class Who:
    """The provider as OMB listed it, with its designated services."""

    provider: str
    agency: str
    description: str
    designated_on: date | None
    services: Sequence[Designated]
    minimum: int


def who_slide(who: Who) -> Slide:
    """How many services are designated, and which."""
    agreed = [each for each in who.services if each.concurred_on is not None]
    title = f"We designated {count_of(len(agreed), 'service')}"
    if len(agreed) < who.minimum:
        title += f"; {who.minimum} are needed"
    blocks: list[Lines | Table] = []
    if who.description:
        blocks.append(Lines((who.description,)))
    blocks.append(
        Table(
            "Designated services",
            ("Service", "Why it was chosen", "Customers a year", "OMB concurred"),
            tuple(
                (
                    each.name,
                    each.why or "not said",
                    number(each.customers),
                    shortdate(each.concurred_on) if each.concurred_on else "not yet",
                )
                for each in who.services
            ),
        )
    )
    since = f" OMB listed it on {shortdate(who.designated_on)}." if who.designated_on else ""
    return Slide(
        "who",
        title,
        tuple(blocks),
        (f"{who.provider} is a High-Impact Service Provider of {who.agency}.{since}",),
        ("280.13-b6", "280.14-a1"),
    )
