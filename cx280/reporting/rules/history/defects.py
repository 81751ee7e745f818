"""The defects of a reported row, each a finding. None of them keeps the row from being stored.

A finding's rule is the catalogue id it offends, then a colon and the name of the defect, so
that defects are counted apart: `280.15-a2:answers-over-respondents`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from cx280.circular.deadlines import quarter_due
from cx280.circular.edition import edition
from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.history.columns import POINTS, QUESTIONS, WHOLE_NUMBERS, whole_number
from cx280.reporting.rules.history.reading import (
    ADDITIONAL,
    CONFIDENCE,
    NOT_ASKED,
    POSITIONS,
    is_placeholder,
)
from cx280.reporting.rules.history.row import Question, Row
from cx280.reporting.rules.history.scales import only_extremes

_CONTROL_NUMBER = re.compile(r"^\d{4}-\d{4}$")
_SMALL = 30


def _found(
    rule: str, severity: Severity, message: str, where: str | None = None, fix: str = ""
) -> Finding:
    return Finding(rule=rule, severity=severity, message=message, where=where, fix=fix)


def _asked(row: Row) -> Iterator[Question]:
    """The questions that were asked and answered."""
    for each in row.questions:
        if each.reading.construct != NOT_ASKED and each.answered:
            yield each


@implements("280.15-a2")
def counts(row: Row) -> Iterator[Finding]:
    """Counts that do not reconcile with respondents, with the words, or with the published mean."""
    for each in row.questions:
        where = f"q{each.position}"
        if row.respondents is not None and each.answered > row.respondents:
            yield _found(
                "280.15-a2:answers-over-respondents",
                Severity.ERROR,
                f"{each.answered:,} answers, but only {row.respondents:,} respondents.",
                where,
                "Ask the provider which of the two is right.",
            )
        if each.answered and is_placeholder(each.text):
            yield _found(
                "280.15-a2:counts-without-text",
                Severity.WARN,
                f"{each.answered:,} answers to a question whose words are missing.",
                where,
            )
        if not each.answered and not is_placeholder(each.text):
            yield _found(
                "280.15-a2:text-without-counts",
                Severity.WARN,
                "The question has words but no answers.",
                where,
            )
        if each.published_mean is not None and each.published_mean != each.mean:
            yield _found(
                "280.15-a2:mean-mismatch",
                Severity.ERROR,
                f"The published mean is {each.published_mean}; the counts give {each.mean}.",
                where,
            )


@implements("280.15-a2")
def volumes(row: Row) -> Iterator[Finding]:
    """Respondents ≤ offered ≤ customers, and each of them given."""
    if row.respondents is not None and row.offered is not None and row.respondents > row.offered:
        yield _found(
            "280.15-a2:respondents-over-offered",
            Severity.ERROR,
            f"{row.respondents:,} respondents, but only {row.offered:,} people were asked.",
            "volume_of_respondents",
        )
    if row.offered is not None and row.customers is not None and row.offered > row.customers:
        yield _found(
            "280.15-a2:offered-over-customers",
            Severity.ERROR,
            f"{row.offered:,} people were asked, but only {row.customers:,} were served.",
            "volume_of_customers_provided_survey_opportunity",
        )
    for name, value in (
        ("customers", row.customers),
        ("offered", row.offered),
        ("respondents", row.respondents),
    ):
        if value is None:
            yield _found(f"280.15-a2:{name}-missing", Severity.WARN, f"No number of {name}.")


@implements("280.10-h1", "280.10-h2", "280.10-h3")
def measures_missing(row: Row) -> Iterator[Finding]:
    """Trust, satisfaction and each driver must have answers."""
    measured = {each.reading.construct for each in _asked(row)}
    if "trust" not in measured:
        instead = " It asks for confidence instead." if CONFIDENCE in measured else ""
        yield _found(
            "280.10-h1:trust-missing", Severity.ERROR, f"No question measures trust.{instead}"
        )
    if "satisfaction" not in measured:
        yield _found(
            "280.10-h2:satisfaction-missing", Severity.ERROR, "No question measures satisfaction."
        )
    for driver in edition("FY2022").drivers:
        if not measured & set(driver.constructs):
            yield _found(
                "280.10-h3:driver-missing",
                Severity.WARN,
                f"No question measures {driver.name.lower()}.",
                driver.code,
            )


def wording(row: Row) -> Iterator[Finding]:
    """Words that ask for something else than their place in the template, or change a statement."""
    for each in _asked(row):
        construct, where = each.reading.construct, f"q{each.position}"
        if construct == CONFIDENCE:
            yield _found(
                "INC-06:confidence-asked",
                Severity.WARN,
                "The question asks for confidence, which is not trust and not compared with it.",
                where,
            )
        elif construct == "trust" and each.reading.wording == "modified":
            yield _found(
                "280.10-c3:trust-wording-modified",
                Severity.WARN,
                "The trust question does not follow either statement of the Circular.",
                where,
            )
        elif construct == "satisfaction" and each.reading.wording == "modified":
            yield _found(
                "280.10-d2:satisfaction-wording-modified",
                Severity.WARN,
                "The satisfaction question does not follow either statement of the Circular.",
                where,
            )
        if _stands_elsewhere(each):
            yield _found(
                "280.10-i4:words-and-position-differ",
                Severity.INFO,
                f"It stands where {POSITIONS[each.position]} belongs, and asks about {construct}.",
                where,
            )


def _stands_elsewhere(question: Question) -> bool:
    place = POSITIONS.get(question.position)
    construct = question.reading.construct
    if place is None:
        return False
    driver = edition("FY2022").driver_of(construct)
    return place not in {construct, driver.code if driver else construct}


def scales(row: Row) -> Iterator[Finding]:
    """Answers that were not given on five points of agreement."""
    for each in _asked(row):
        where = f"q{each.position}"
        if each.scale in {"agree10", "agree7"}:
            rule = "280.10-d2" if each.reading.construct == "satisfaction" else "280.10-c2"
            yield _found(
                f"{rule}:not-five-points",
                Severity.WARN,
                f"Asked on {each.scale.removeprefix('agree')} points and folded into five.",
                where,
            )
        if only_extremes(each.counts):
            yield _found(
                "280.10-e4:only-extremes",
                Severity.WARN,
                "Every answer is a 1 or a 5: a yes or no written as a five-point scale.",
                where,
            )


def left_out(row: Row) -> Iterator[Finding]:
    """Questions marked NONE or N/A in the places the template keeps for the seven measures."""
    for each in row.questions:
        if each.position in POSITIONS and each.text.strip() and is_placeholder(each.text):
            yield _found(
                "280.10-i4:left-out",
                Severity.INFO,
                f"The place for {POSITIONS[each.position]} says “{each.text.strip()}”.",
                f"q{each.position}",
            )


def channel(row: Row) -> Iterator[Finding]:
    """A channel that is blank or not one of the words."""
    written = row.get("channel")
    if not written:
        yield _found("280.4-g5:channel-blank", Severity.WARN, "The channel is blank.", "channel")
    elif not row.channel:
        yield _found(
            "280.4-g5:channel-unknown",
            Severity.WARN,
            f"“{written}” is not a channel.",
            "channel",
        )


def control_number(row: Row) -> Iterator[Finding]:
    """An OMB control number that is missing, still the template's, or not NNNN-NNNN."""
    written = row.get("omb_control_number")
    if not written:
        yield _found(
            "280.11-a1:control-number-missing", Severity.ERROR, "No OMB control number.",
            "omb_control_number",
        )  # fmt: skip
    elif written.lower() == "omb control number":
        yield _found(
            "280.11-a1:control-number-placeholder", Severity.ERROR,
            "The control number is still the words of the template.", "omb_control_number",
        )  # fmt: skip
    elif not _CONTROL_NUMBER.match(written):
        yield _found(
            "280.11-a1:control-number-malformed", Severity.WARN,
            f"“{written}” is not written as NNNN-NNNN.", "omb_control_number",
        )  # fmt: skip


def numbers(row: Row) -> Iterator[Finding]:
    """Cells that should hold a whole number and do not."""
    for name in sorted(WHOLE_NUMBERS):
        written = row.canonical.get(name, "").strip()
        if written and whole_number(written) is None:
            yield _found(
                "280.15-a2:number-unreadable",
                Severity.ERROR,
                f"“{written[:40]}” is not a whole number.",
                name,
                "The cell is kept as it is and counted as missing.",
            )


def few_answers(row: Row) -> Iterator[Finding]:
    """So few respondents that a share would say little."""
    if row.respondents is not None and row.respondents < _SMALL:
        yield _found(
            "INC-44:few-respondents",
            Severity.INFO,
            f"Only {row.respondents} people answered.",
            "volume_of_respondents",
        )


def late(row: Row, created_on: date | None) -> Iterator[Finding]:
    """Created after the date it was due; information only where the edition was not in force."""
    if created_on is None:
        return
    rules = edition("FY2022")
    due = quarter_due(rules, row.quarter)
    if created_on > due.due:
        before = row.quarter.last_day < rules.effective_on
        yield _found(
            "280.16-a3:late",
            Severity.INFO if before else Severity.WARN,
            f"Entered on {created_on:%B} {created_on.day}, {created_on.year}; due on "
            f"{due.due:%B} {due.due.day}, {due.due.year}.",
            "created_at",
        )


CHECKS: tuple[Callable[[Row], Iterator[Finding]], ...] = (
    numbers,
    volumes,
    counts,
    measures_missing,
    wording,
    scales,
    left_out,
    channel,
    control_number,
    few_answers,
)


def defects(row: Row, created_on: date | None = None) -> list[Finding]:
    """Every defect of the row, in a fixed order. `created_on`: the day it was entered."""
    found = [finding for check in CHECKS for finding in check(row)]
    return [*found, *late(row, created_on)]


__all__ = ["ADDITIONAL", "CHECKS", "POINTS", "QUESTIONS", "defects"]
