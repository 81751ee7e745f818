"""What the checks of a package must know that is not in the package itself."""

from dataclasses import dataclass
from datetime import date

from cx280.circular.edition import Edition
from cx280.reporting.rules.caveats import FEW


@dataclass(frozen=True, slots=True)
class Moment:
    """A journey step that matters, and how many surveys collect feedback on it (280.14-b1)."""

    name: str
    surveys: int


@dataclass(frozen=True, slots=True)
class PackageFacts:
    """The service and the day.

    today: the day of the check. submitted_on: the day it first went to OMB, None before.
    needs_people: whether people take part in the delivery, so that the employee driver applies
    (INC-21). small_n: fewer answers than this are called few; ours, not the Circular's.
    agency_site_agreed: OMB agreed to a CX reporting website of the agency's own (280.10-s3).
    """

    edition: Edition
    today: date
    submitted_on: date | None = None
    needs_people: bool = True
    moments: tuple[Moment, ...] = ()
    agency_site_agreed: bool = False
    small_n: int = FEW
