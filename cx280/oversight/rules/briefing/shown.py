"""What of a share may stand on a slide, and the words for it."""

from __future__ import annotations

from cx280.measures.rules.scores import Share
from cx280.measures.rules.suppression import is_too_few
from cx280.oversight.rules.slides import Dot
from cx280.pages.written import number, percent

TOO_FEW = "too few to show"


def may_show(share: Share | None, smallest: int) -> bool:
    """Whether the share may stand there: neither all, nor those who agree, nor the others are few.

    OMB is outside of the agency, so a share is held to what a release is held to.
    """
    if share is None or share.share is None:
        return False
    groups = (share.n, share.successes, share.n - share.successes)
    return not any(is_too_few(each, smallest) for each in groups)


def dot_of(share: Share | None, smallest: int) -> Dot:
    """The share as a chart shows it; nothing where it may not be shown."""
    if share is None or not may_show(share, smallest):
        return Dot()
    low, high = share.ends
    return Dot(share.share, low, high)


def cell_of(share: Share | None, smallest: int) -> str:
    """`84 % (83 to 85), n 7,105`; without an interval where people chose to answer (INC-44)."""
    if share is None or share.share is None:
        return "not asked"
    if not may_show(share, smallest):
        return TOO_FEW
    return f"{percent(share.share)}{spread(share.bounds)}, n {number(share.n)}"


def spread(bounds: tuple[float, float] | None) -> str:
    """` (83 to 85)`; nothing where there is no interval to show."""
    if bounds is None:
        return ""
    return f" ({number(bounds[0] * 100)} to {number(bounds[1] * 100)})"


def listed(names: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"


def count_of(count: int, one: str, many: str = "") -> str:
    """`1 service`, `2 services`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"
