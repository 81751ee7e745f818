"""Values of indicators as people write and read them."""

from __future__ import annotations

import math

from cx280.kernel.problem import Unusable
from cx280.pages import written

SHARE = "share between 0 and 1"
_MOST = 10.0  # times the whole: more customers than eligible may come, but not that many


def value_words(value: float | None, unit: str, *, missing: str = written.NOT_KNOWN) -> str:
    """`84.0 %` of a share, else `21.5 minutes`."""
    if value is None:
        return missing
    if unit == SHARE:
        return written.percent(value, 1)
    decimals = 0 if float(value).is_integer() else 1 if abs(value) >= 1 else 2
    return f"{written.number(value, decimals)} {unit}".strip()


def typed(value: float | None, *, is_share: bool) -> str:
    """The value as somebody would type it: a share as percent."""
    return "" if value is None else f"{value * 100 if is_share else value:g}"


def read_value(written_down: str, *, is_share: bool) -> float | None:
    """What was typed: `84`, `84.5 %` of a share, `1,250` of anything else; None for nothing."""
    said = written_down.strip().removesuffix("%").replace(",", "").strip()
    if not said:
        return None
    try:
        found = float(said)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise Unusable("Write a number, like 84 or 21.5.")
    if is_share and not 0 <= found / 100 <= _MOST:
        raise Unusable("Write a percentage, like 84 or 84.5.")
    return found / 100 if is_share else found
