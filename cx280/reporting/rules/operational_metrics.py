"""Service-level indicators as the free text of the template, and back, without losing a number.

One line for each: a JSON string for the name, then words that people read:
`"Average wait": 4.2 "minutes", lower is better, target 5, from 42000 of 10000`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from cx280.circular.implements import implements
from cx280.reporting.rules.content import Indicator

_DIRECTIONS = {"up": "higher is better", "down": "lower is better"}
_NUMBER = r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
_TEXT = r'"(?:[^"\\]|\\.)*"'
_LINE = re.compile(
    rf"(?P<name>{_TEXT}): (?P<value>{_NUMBER}|not known) (?P<unit>{_TEXT}),"
    r" (?P<direction>higher|lower) is better"
    rf"(?:, target (?P<target>{_NUMBER}))?"
    rf"(?:, from (?P<numerator>{_NUMBER}|not known) of (?P<denominator>{_NUMBER}|not known))?"
)


@implements("280.15-a4")
def written(indicators: Iterable[Indicator]) -> str:
    """The indicators as text, a line each; "" for none."""
    return "\n".join(_line(each) for each in indicators)


@implements("280.15-a4")
def read(text: str) -> list[Indicator]:
    """The indicators in a text made by `written`; other lines are left alone."""
    found = (_LINE.fullmatch(line) for line in text.split("\n"))
    return [_indicator(match.groupdict()) for match in found if match]


def _line(indicator: Indicator) -> str:
    said = (
        f"{_quoted(indicator.name)}: {_figure(indicator.value)} {_quoted(indicator.unit)},"
        f" {_DIRECTIONS[indicator.direction]}"
    )
    if indicator.target is not None:
        said += f", target {_figure(indicator.target)}"
    if indicator.numerator is not None or indicator.denominator is not None:
        said += f", from {_figure(indicator.numerator)} of {_figure(indicator.denominator)}"
    return said


def _quoted(text: str) -> str:
    """The text as a JSON string on one line; every kind of line end is written as a code."""
    plain = json.dumps(text, ensure_ascii=False)
    return re.sub(r"[\x7f-\x9f\u2028\u2029]", lambda m: f"\\u{ord(m[0]):04x}", plain)


def _figure(number: float | None) -> str:
    if number is None:
        return "not known"
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def _indicator(parts: dict[str, str | None]) -> Indicator:
    return Indicator(
        name=json.loads(parts["name"] or '""'),
        unit=json.loads(parts["unit"] or '""'),
        direction="up" if parts["direction"] == "higher" else "down",
        target=_read(parts["target"]),
        value=_read(parts["value"]),
        numerator=_read(parts["numerator"]),
        denominator=_read(parts["denominator"]),
    )


def _read(figure: str | None) -> float | None:
    return None if figure is None or figure == "not known" else float(figure)
