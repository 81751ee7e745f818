"""The gate: nobody asks the public without an approved collection under a clearance in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.clearance.rules.force import Standing, standing
from cx280.clearance.rules.ledger import Ceiling, Line, over_ceiling
from cx280.kernel.finding import Finding, Severity

# The Act counts an identical question to ten or more people as a collection.
FEWEST_PEOPLE = 10


@dataclass(frozen=True, slots=True)
class Permission:
    """A collection and the clearance it stands under, on paper.

    is_approved: OMB approved the collection and it is not closed. lines: every collection of the
    clearance that debits the ledger. instrument: the digest of the questions OMB saw, "" when that
    is not known.
    """

    control_number: str
    starts_on: date
    expires_on: date
    withdrawn_on: date | None
    is_approved: bool
    is_closed: bool
    ceiling: Ceiling
    lines: Sequence[Line]
    instrument: str = ""


@implements("280.11-a1", "280.11-a2", "280.11-a3")
def gate(
    permission: Permission | None,
    on: date,
    members_of_public: int | None = None,
    instrument: str = "",
) -> list[Finding]:
    """What keeps a survey from the public on a day; [] when it may open.

    members_of_public: how many will be asked at most, when that is known to be fewer than ten;
    then no clearance is needed. instrument: the digest of the questions that would open.
    """
    if members_of_public is not None and members_of_public < FEWEST_PEOPLE:
        return []
    if permission is None:
        return [
            _stop(
                "No collection approved by OMB covers this survey.",
                "Choose the collection it was approved under, or ask OMB for one.",
            )
        ]
    return [
        *_wrong_collection(permission),
        *_wrong_clearance(permission, on),
        *over_ceiling(permission.ceiling, permission.lines),
        *_other_questions(permission, instrument),
    ]


def _wrong_collection(permission: Permission) -> list[Finding]:
    if permission.is_closed:
        return [_stop("The collection of this survey is closed.", "Choose one that is approved.")]
    if not permission.is_approved:
        return [
            _stop(
                "OMB has not approved the collection of this survey yet.",
                "Record the day of approval once OMB has given it.",
            )
        ]
    return []


def _wrong_clearance(permission: Permission, on: date) -> list[Finding]:
    number = permission.control_number
    stands = standing(permission.starts_on, permission.expires_on, permission.withdrawn_on, on)
    said = {
        Standing.NOT_YET: f"Clearance {number} starts on {_day(permission.starts_on)}.",
        Standing.EXPIRED: f"Clearance {number} expired on {_day(permission.expires_on)}.",
        Standing.WITHDRAWN: f"Clearance {number} was withdrawn.",
    }.get(stands)
    if said is None:
        return []
    return [_stop(said, "Use a collection under a clearance in force, or renew this one.")]


def _other_questions(permission: Permission, instrument: str) -> list[Finding]:
    """A WARN when OMB saw other questions; how they look is no matter of an approval."""
    if not permission.instrument or not instrument or permission.instrument == instrument:
        return []
    return [
        Finding(
            "280.11-a3",
            Severity.WARN,
            "The questions are not those that OMB approved: words, answers or languages differ.",
            where="collection",
            fix="Request approval of the change, or write down why OMB need not see it.",
        )
    ]


def _stop(message: str, fix: str) -> Finding:
    return Finding("280.11-a1", Severity.ERROR, message, where="collection", fix=fix)


def _day(day: date) -> str:
    return f"{day:%A, %B} {day.day}, {day.year}"
