"""Which lessons may leave the agency: none with a figure that is not published (280.9-f4)."""

from __future__ import annotations

import re
from collections.abc import Collection

from cx280.circular.implements import implements

# A share, a count of people, or a quotation of what somebody answered.
_FIGURE = re.compile(
    r"\d[\d.,]*\s*(%|percent|points?\b|people|customers|answers|respondents)", re.IGNORECASE
)
_COUNT = re.compile(r"\bn\s*=?\s*\d", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"].{12,}?[”\"]")


@implements("280.9-f4")
def why_not_shared(what: str, words: str, release: int | None, published: Collection[int]) -> str:
    """Why the lesson may not be shared; "" when it may.

    A figure needs the published release it comes from; what customers wrote is never shared.
    """
    said = f"{what} {words}"
    if _QUOTED.search(said):
        return "It quotes somebody. Say in your own words what customers told you."
    if release is not None and release not in published:
        return f"Release {release} is not published."
    if release is None and (_FIGURE.search(said) or _COUNT.search(said)):
        return (
            "It names a figure. Name the published release the figure stands in, or leave it out."
        )
    return ""
