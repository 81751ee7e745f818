"""What cx280 knows around a request, from which it is prefilled and by which it is checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cx280.clearance.rules.ledger import Ceiling, Line
from cx280.kernel.finding import Finding
from cx280.paperwork.rules.vocabulary import Activity
from cx280.surveys.rules.document import SurveyDocument


@dataclass(frozen=True, slots=True)
class KnownClearance:
    """The clearance asked under. lines: what is approved and what lies with OMB, this one apart."""

    control_number: str
    title: str
    starts_on: date
    expires_on: date
    withdrawn_on: date | None
    ceiling: Ceiling
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class KnownSurvey:
    """The survey and whom it asks.

    findings: of the survey's own checks. estimated_minutes: from its words. measured_minutes:
    the median of measured_n people, None while too few answered. plan: how people are selected,
    in words. expected: answers until the clearance ends, by what came in or by the sampling plan
    and the volume of the service, with `expected_how` in words; None when neither is known.
    """

    document: SurveyDocument
    findings: Sequence[Finding]
    estimated_minutes: float
    measured_minutes: float | None = None
    measured_n: int = 0
    plan: str = ""
    expected: int | None = None
    expected_how: str = ""


@dataclass(frozen=True, slots=True)
class KnownStudy:
    """A study: what it is about, how many members of the public it plans, minutes for each."""

    activity: Activity
    purpose: str
    planned: int
    minutes: Decimal
    when: str
    who: str
    script: str


@dataclass(frozen=True, slots=True)
class Known:
    """Everything around one request; survey or study, never both."""

    agency: str
    unit: str
    service: str
    about: str
    clearance: KnownClearance
    preparer_name: str
    preparer_email: str
    is_designated: bool = False
    survey: KnownSurvey | None = None
    study: KnownStudy | None = None
