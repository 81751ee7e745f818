"""Plain values for rules: what is known, and answers that nothing is found in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec

from cx280.clearance.rules.ledger import Ceiling
from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.burden import BurdenRow
from cx280.paperwork.rules.known import Known, KnownClearance, KnownStudy, KnownSurvey
from cx280.paperwork.rules.packet import Packet
from cx280.paperwork.rules.vocabulary import (
    Activity,
    Category,
    Certification,
    Reported,
    Way,
    YesNo,
)
from cx280.surveys.rules.document import read_document
from tests.builders import a_document

TODAY = date(2022, 3, 1)
CLEARANCE = KnownClearance(
    "1094-0123", "Umbrella", date(2021, 1, 1), date(2023, 12, 31), None,
    Ceiling(10_000, Decimal(400)), (),
)  # fmt: skip


def known(**survey: Any) -> Known:
    """A survey that takes two minutes, under a clearance in force."""
    return Known(
        agency="Department of Rivers",
        unit="Boats",
        service="Boat permits",
        about="Boat permits feedback",
        clearance=CLEARANCE,
        preparer_name="Ana Ruiz",
        preparer_email="ana@example.gov",
        survey=KnownSurvey(
            **{
                "document": read_document(a_document()),
                "findings": (),
                "estimated_minutes": 2.0,
                **survey,
            }
        ),
    )


def known_study() -> Known:
    """Twelve interviews."""
    study = KnownStudy(
        Activity.CUSTOMER_RESEARCH, "To learn.", 12, Decimal(30), "In May.", "People.", "1. Tell."
    )
    return replace(known(), survey=None, study=study)


COMPLETE = Answers(
    title="Boat permits feedback",
    purpose="To learn how it is.",
    activity=Activity.SURVEY,
    reported=Reported.YES,
    ways=[Way.WEB],
    who="Boat owners.",
    selection="Everybody.",
    asked="On the last page.",
    looks="One page.",
    when="After the application.",
    incentive=YesNo.NO,
    burden=[BurdenRow(Category.INDIVIDUALS, 500, Decimal(2))],
    burden_basis="Applications of last year.",
    federal_cost=Decimal(900),
    respondent_cost=Decimal(0),
    certifications={each.value: YesNo.YES for each in Certification},
    preparer_name="Ana Ruiz",
    preparer_email="ana@example.gov",
)


def answers(**changed: Any) -> Answers:
    """Complete answers with some changed."""
    return msgspec.structs.replace(COMPLETE, **changed)


def a_packet(given: Answers = COMPLETE) -> Packet:
    """A packet without instruments."""
    return Packet(
        answers=given,
        agency="Department of Rivers",
        unit="Boats",
        service="Boat permits",
        about="Boat permits feedback",
        control_number="1094-0123",
        clearance="Umbrella",
        expires_on=date(2023, 12, 31),
    )
