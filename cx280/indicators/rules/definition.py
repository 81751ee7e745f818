"""What an indicator means, and what it may be bound to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cx280.circular.implements import implements
from cx280.indicators.rules.measures import Measure
from cx280.indicators.rules.vocabulary import Kind

# A change of one of these is a change of what is measured; of the others it is not.
DEFINING = ("formula", "measure", "unit", "direction", "source")


def what_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """{field: (before, after)} of the fields that say what is measured."""
    return {
        name: (before.get(name), after[name])
        for name in DEFINING
        if name in after and before.get(name) != after[name]
    }


@implements("280.12-a2")
def binding_fault(kind: Kind, measure: Measure | None, *, has_service: bool) -> str:
    """Why the indicator may not have this measure, or none; "" where it may.

    What customers went through is drawn from what they said or did, never typed.
    """
    if measure is None:
        if kind.may_be_stated:
            return ""
        return (
            f"An indicator of {kind.label.lower()} is drawn from a measure of a service. Only"
            " operational and financial ones are stated by hand."
        )
    if not has_service:
        return "A measure is of one service: choose it."
    if kind is Kind.FINANCIAL and measure.is_feedback:
        return "What customers say is not a financial figure."
    return ""
