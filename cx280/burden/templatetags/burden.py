"""Amounts in words, for templates: what is not assessed is said and never 0."""

from __future__ import annotations

from decimal import Decimal

from django import template

from cx280.burden.rules.amounts import Amount, money_told, time_told

register = template.Library()


@register.filter
def as_time(amount: Amount) -> str:
    """`at least 1 hour 20 minutes`."""
    return amount.told(time_told)


@register.filter
def as_money(amount: Amount) -> str:
    """`$12.50`."""
    return amount.told(money_told)


@register.filter
def as_hours(amount: Amount) -> str:
    """`at least 1,200 hours`."""
    return amount.told(lambda hours: f"{hours:,.0f} hours")


@register.filter
def minutes(value: Decimal) -> str:
    """A plain number of minutes: `1 hour 20 minutes`."""
    return time_told(abs(value))


@register.filter
def plain(value: Decimal) -> str:
    """A number without the noughts it does not need: `1.4`, `2`."""
    return f"{value.normalize():f}"
