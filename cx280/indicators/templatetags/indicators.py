"""`{% load indicators %}`: values of indicators in words, years beside them."""

from __future__ import annotations

from django import template

from cx280.indicators.models import Indicator
from cx280.indicators.queries.figures import Line, Year
from cx280.indicators.rules.values import SHARE, value_words
from cx280.indicators.rules.vocabulary import Verdict

register = template.Library()
_TONES = {
    Verdict.MET: "done",
    Verdict.MISSED: "waiting",
    Verdict.MET_UNSURE: "waiting",
    Verdict.MISSED_UNSURE: "waiting",
}


@register.filter
def value_of(value: float | None, indicator: Indicator) -> str:
    """`84.0 %` or `21.5 minutes`; `not known` for None."""
    return value_words(value, SHARE if indicator.is_share else indicator.unit)


@register.filter
def in_unit(value: float | None, unit: str) -> str:
    """The same for a published document, whose unit is a word."""
    return value_words(value, unit, missing="none")


@register.filter
def at_year(line: Line, fiscal_year: int) -> Year:
    """What an indicator says of one of its years."""
    return line.at(fiscal_year)


@register.filter
def tone(verdict: Verdict) -> str:
    """The end of the class that colours a verdict."""
    return _TONES.get(verdict, "quiet")
