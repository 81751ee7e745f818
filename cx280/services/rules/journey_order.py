"""Moving a step of a journey one place."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def moved(steps: Sequence[T], index: int, by: int) -> list[T]:
    """The steps with the one at `index` moved `by` places, kept inside the list."""
    order = list(steps)
    step = order.pop(index)
    order.insert(min(max(index + by, 0), len(order)), step)
    return order
