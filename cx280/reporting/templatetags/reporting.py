"""`{% load reporting %}`: the reason kept for a finding, the names of drivers and severities."""

from collections.abc import Mapping
from typing import TypeVar

from django import template

from cx280.circular.edition import edition
from cx280.kernel.finding import Finding
from cx280.pages.templatetags.cx280 import SEVERITY_WORDS

register = template.Library()
Reason = TypeVar("Reason")


@register.filter
def reason_for(explained: Mapping[str, Reason], finding: Finding) -> Reason | None:
    """The written reason why a warning stands, or None."""
    return explained.get(finding.key)


@register.filter
def driver_name(code: str, edition_id: str = "FY2022") -> str:
    """The Circular's name for a driver; the code itself where the edition has none."""
    for each in edition(edition_id).drivers:
        if each.code == code:
            return each.name
    return code


@register.filter
def severity_words(severity: str) -> str:
    """What a severity asks of people: `Needs a reason`."""
    return SEVERITY_WORDS[severity]


@register.filter
def figure(value: float | None) -> str:
    """A figure without needless zeros: `4.2`, `42,000`; `not known` for None."""
    return (
        "not known" if value is None else f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    )
