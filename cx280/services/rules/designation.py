"""Designated services: how many, from where, in time (280.13-b6, 280.14-a1, 280.14-a2)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cx280.circular.deadlines import Due, Standing, standing
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity, errors

MINIMUM = 2


@dataclass(frozen=True, slots=True)
class Designated:
    """One designation of a provider: signed when it went to OMB, concurred when OMB agreed."""

    service: str  # its code
    name: str
    signed_on: date | None
    concurred_on: date | None
    in_certified_inventory: bool
    minimum: tuple[Finding, ...] = ()  # what 280.5 finds wrong with the service


@implements("280.13-b6", "INC-25")
def too_few(designations: Sequence[Designated], minimum: int = MINIMUM) -> list[Finding]:
    """An error when fewer than `minimum` distinct services have OMB's concurrence."""
    counted = {each.service for each in designations if each.concurred_on is not None}
    if len(counted) >= minimum:
        return []
    waiting = {each.service for each in designations if each.signed_on is not None} - counted
    message = f"{len(counted)} of {minimum} designated services have OMB’s concurrence."
    if waiting:
        message += f" {len(waiting)} more are with OMB."
    return [
        Finding(
            "280.13-b6",
            Severity.ERROR,
            message,
            where="designations",
            fix="Propose services from the certified inventory, and record OMB’s concurrence.",
        )
    ]


@implements("280.13-b6")
def not_in_inventory(designations: Iterable[Designated]) -> list[Finding]:
    """An error for each designated service that no certified inventory lists."""
    return [
        Finding(
            "280.13-b6",
            Severity.ERROR,
            f"“{each.name}” is not in the agency’s certified inventory.",
            where=f"designations[{each.service}]",
            fix="Certify an inventory that lists the service.",
        )
        for each in designations
        if not each.in_certified_inventory
    ]


@implements("280.14-a2")
def below_minimum(designations: Iterable[Designated]) -> list[Finding]:
    """An error for each designated service that fails a minimum check of 280.5."""
    found = []
    for each in designations:
        wrong = errors(each.minimum)
        if wrong:
            found.append(
                Finding(
                    "280.14-a2",
                    Severity.ERROR,
                    f"“{each.name}” does not meet the minimum of the inventory: {wrong[0].message}",
                    where=f"designations[{each.service}]",
                    fix=wrong[0].fix,
                )
            )
    return found


def check_designations(designations: Sequence[Designated], minimum: int = MINIMUM) -> list[Finding]:
    """Everything wrong with a provider's designations."""
    return [
        *too_few(designations, minimum),
        *not_in_inventory(designations),
        *below_minimum(designations),
    ]


@implements("280.14-a1")
def designation_standing(
    signed: Iterable[date], *, due: Due, on: date, minimum: int = MINIMUM
) -> Standing:
    """Whether at least `minimum` services were proposed to OMB in time, seen from day `on`.

    signed: the day each distinct service was signed and so proposed; the duty is met on the
    day of the second. Waiting for OMB's concurrence costs the provider nothing (INC-25).
    """
    days = sorted(day for day in signed if day <= on)
    return standing(due, days[minimum - 1] if len(days) >= minimum else None, on)
