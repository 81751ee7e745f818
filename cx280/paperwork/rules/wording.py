"""Numbers and days as the documents write them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from cx280.paperwork.rules.burden import CENT


def hours(value: Decimal) -> str:
    """Hours to 0.01: `1,234.50`."""
    return f"{value.quantize(CENT, ROUND_HALF_UP):,}"


def minutes(value: Decimal) -> str:
    """Minutes without needless zeros: `2`, `2.5`."""
    text = f"{value.quantize(CENT, ROUND_HALF_UP):,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal) -> str:
    """US dollars: `$12,000`."""
    return f"${minutes(value)}"


def day(value: date) -> str:
    """`Friday, January 28, 2022`."""
    return f"{value:%A, %B} {value.day}, {value.year}"


def short_day(value: date) -> str:
    """`01/28/2022`, as OMB's forms write an expiration date."""
    return f"{value:%m/%d/%Y}"
