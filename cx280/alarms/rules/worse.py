"""When a fall has become so much worse that whoever was told of it is told once more."""

from __future__ import annotations

from cx280.alarms.rules.sentences import Fallen, tells_too_few
from cx280.alarms.rules.watches import is_worse_higher
from cx280.circular.implements import implements
from cx280.pages.written import percent

# So many times as far from what was to be expected as when it was told.
STEP = 2.0


@implements("280.7-h3")
def is_clearly_worse(told: Fallen, now: Fallen) -> bool:
    """Whether it has fallen silent, or is at least twice as far from what was to be expected.

    told, now: the same figure, as it was told and as it is. What is silent gets no worse.
    """
    if told.silent or now.silent:
        return now.silent and not told.silent
    before, after = distance(told), distance(now)
    return before is not None and after is not None and before > 0 and after >= STEP * before


def distance(fall: Fallen) -> float | None:
    """How far it is on the worse side: of shares in points, of counts as a share of the expected.

    By night a website expects a tenth of what it expects by day, so counts are not compared as
    they are. None where nothing was to be expected.
    """
    if not fall.expected:
        return None
    away = fall.expected - fall.seen
    if is_worse_higher(fall.kind, fall.key):
        away = -away
    return away if fall.kind.is_share else away / fall.expected


def how_it_began(told: Fallen, now: Fallen, smallest: int) -> str:
    """`It began with 40 % fewer than expected, and is at 85 % fewer.`

    "" where that would tell of so few people, or nothing was to be expected.
    """
    before, after = distance(told), distance(now)
    if before is None or tells_too_few(told.kind, told.seen, told.n, smallest):
        return ""
    if told.kind.is_share:
        return f"It began with {percent(told.seen)}."
    word = "more" if is_worse_higher(told.kind, told.key) else "fewer"
    began = f"It began with {percent(before)} {word} than expected"
    if now.silent or after is None or tells_too_few(now.kind, now.seen, now.n, smallest):
        return f"{began}."
    return f"{began}, and is at {percent(after)} {word}."
