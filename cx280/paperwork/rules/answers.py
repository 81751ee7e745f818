"""What a person says in a request: every field of the template that is theirs to fill."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any, cast

import msgspec
from msgspec import Meta, Struct

from cx280.kernel.problem import Unusable
from cx280.paperwork.rules.burden import CENT, BurdenRow
from cx280.paperwork.rules.vocabulary import Activity, Certification, Reported, Way, YesNo

Sentence = Annotated[str, Meta(max_length=300)]
Words = Annotated[str, Meta(max_length=20_000)]
MOST_MONEY = Decimal(10**12)
MOST_MINUTES = Decimal("9999.99")
MOST_PEOPLE = 2_000_000_000


class Answers(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The request as far as it is filled; empty texts and None are what is still missing.

    burden: answers until the clearance ends, and minutes for each, by category. certifications:
    {certification: yes or no}.
    """

    title: Sentence = ""
    purpose: Words = ""
    activity: Activity | None = None
    reported: Reported | None = None
    ways: list[Way] = []
    other_way: Sentence = ""
    who: Words = ""
    selection: Words = ""
    asked: Words = ""
    looks: Words = ""
    materials: Words = ""
    when: Words = ""
    incentive: YesNo | None = None
    incentive_details: Words = ""
    burden: Annotated[list[BurdenRow], Meta(max_length=8)] = []
    burden_basis: Words = ""
    federal_cost: Decimal | None = None
    respondent_cost: Decimal | None = None
    certifications: dict[str, YesNo] = {}
    certification_notes: Words = ""
    preparer_name: Sentence = ""
    preparer_email: Sentence = ""

    def certified(self, which: Certification) -> YesNo | None:
        """What was answered to a certification; None while nothing was."""
        return self.certifications.get(which.value)


def read_answers(plain: dict[str, Any]) -> Answers:
    """The answers in stored or sent values; Unusable in one sentence when they are none."""
    try:
        found = msgspec.convert(plain, Answers)
    except msgspec.ValidationError as problem:
        raise Unusable(f"The request cannot be read: {str(problem).rstrip('.')}.") from problem
    for name in found.certifications:
        Certification.of(name)
    for cost in (found.federal_cost, found.respondent_cost):
        if cost is not None and not (cost.is_finite() and 0 <= cost <= MOST_MONEY):
            raise Unusable("A cost is an amount of dollars, 0 or more.", field="federal_cost")
    for row in found.burden:
        _refuse_strange(row)
    return found


def _refuse_strange(row: BurdenRow) -> None:
    """No numbers that a ledger cannot hold: it keeps minutes to 0.01."""
    if not 0 <= row.respondents <= MOST_PEOPLE:
        raise Unusable("Respondents are a number of people, 0 or more.", field="burden")
    sane = row.minutes.is_finite() and 0 <= row.minutes <= MOST_MINUTES
    if not sane or row.minutes != row.minutes.quantize(CENT):
        raise Unusable("Minutes are 0 or more, written to 0.01 at most.", field="burden")


def plain_of(answers: Answers) -> dict[str, Any]:
    """The answers as JSON holds them."""
    return cast("dict[str, Any]", msgspec.to_builtins(answers))
