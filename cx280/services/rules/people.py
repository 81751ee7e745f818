"""Whether a person serves the customer, so that the employee driver applies (280.4-g6)."""

from collections.abc import Iterable

from cx280.circular.implements import implements
from cx280.services.rules.vocabulary import PerformerKind


@implements("280.4-g6")
def needs_a_person(performers: Iterable[PerformerKind]) -> bool:
    """Whether somebody of flesh and blood does a task.

    False when every task is automated: the employee driver is then off by default. True when
    nothing is recorded, since leaving the driver out must be a decision.
    """
    known = list(performers)
    return not known or any(each is not PerformerKind.AUTOMATED for each in known)
