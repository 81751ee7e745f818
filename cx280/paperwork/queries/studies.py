"""Reads studies: where each stands, what it takes, what came of what it found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cx280.circular.implements import implements
from cx280.clearance.queries import gate
from cx280.clearance.rules.ledger import burden_hours
from cx280.kernel.finding import Finding
from cx280.paperwork.models import Request, Study, StudyFinding
from cx280.paperwork.queries.lists import under_way
from cx280.paperwork.rules.studies import Outcome, outcome_of


@dataclass(frozen=True, slots=True)
class StudyLine:
    """A study in a list. request: the one under way, None when there is none."""

    study: Study
    request: Request | None
    open_findings: int

    @property
    def planned_hours(self) -> Decimal:
        """Hours of the public, as planned."""
        return burden_hours(self.study.planned, self.study.minutes)

    @property
    def used_hours(self) -> Decimal | None:
        """Hours of the public who came; None while nobody was counted."""
        if self.study.took_part is None:
            return None
        return burden_hours(self.study.took_part, self.study.minutes)


def study_lines(studies: Iterable[Study]) -> list[StudyLine]:
    """The studies as listed, newest first."""
    return [study_line(each) for each in studies]


def study_line(study: Study) -> StudyLine:
    """One study with its request and how many findings wait for a decision."""
    found = [outcome for _, outcome in findings_of(study)]
    return StudyLine(study, under_way(study), found.count(Outcome.OPEN))


@implements("280.11-a5")
def findings_of(study: Study) -> list[tuple[StudyFinding, Outcome]]:
    """What the study found, each with where it leads."""
    return [
        (
            each,
            outcome_of(
                action=each.action,
                is_done=each.done_on is not None,
                no_action_reason=each.no_action_reason,
            ),
        )
        for each in study.findings.all()
    ]


def why_not_held(study: Study, took_part: int, on: date) -> list[Finding]:
    """What the Paperwork Reduction Act says to that many taking part; [] when nothing."""
    return gate(study.collection, on, members_of_public=took_part)
