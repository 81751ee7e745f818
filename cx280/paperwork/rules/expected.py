"""How many members of the public will answer until a clearance ends."""

from __future__ import annotations

from datetime import date
from math import ceil

from cx280.paperwork.rules.wording import day


def by_pace(answers: int, days: int, left: int, until: date) -> tuple[int, str]:
    """As many a day as in the last `days`; (answers, how that was found in words)."""
    found = ceil(answers / days * left)
    return found, (
        f"{answers:,} members of the public answered in the last {days} days; at that pace"
        f" {found:,} answer until the clearance ends on {day(until)}."
    )


def by_plan(
    customers: int, year: int, rate: float, response_rate: float, left: int, until: date
) -> tuple[int, str]:
    """The service's customers of a year, drawn at a rate, of whom a share answers."""
    found = ceil(customers * rate * response_rate * left / 365)
    return found, (
        f"{customers:,} customers in FY{year}, {rate:.1%} of them asked, {response_rate:.1%} of"
        f" those answering, as is usual: {found:,} until the clearance ends on {day(until)}."
    )
