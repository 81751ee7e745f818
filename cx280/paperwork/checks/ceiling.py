"""Whether the request fits under the ceiling of its clearance (280.11-a2)."""

from __future__ import annotations

from datetime import date

from cx280.circular.implements import implements
from cx280.clearance.rules.ledger import over_ceiling
from cx280.kernel.finding import Finding
from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.burden import line_of
from cx280.paperwork.rules.known import Known


@implements("280.11-a2")
def over_the_ceiling(answers: Answers, known: Known, _on: date) -> list[Finding]:
    """ERRORs when it asks for more than is left, what lies with OMB already counted as taken."""
    mine = line_of(answers.title, answers.activity or "", answers.burden)
    return over_ceiling(known.clearance.ceiling, [*known.clearance.lines, mine])
