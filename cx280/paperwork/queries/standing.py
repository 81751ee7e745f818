"""How a request stands on a day: what was found, what is justified, what keeps it in the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cx280.accounts.models import Justification
from cx280.accounts.queries import justifications_for
from cx280.audit.actions import subject_of
from cx280.kernel.finding import Finding, Severity
from cx280.paperwork.checks import check
from cx280.paperwork.models import Request
from cx280.paperwork.queries.known import known_of
from cx280.paperwork.queries.packets import fresh_packet
from cx280.paperwork.rules.answers import Answers, read_answers
from cx280.paperwork.rules.known import Known
from cx280.paperwork.rules.states import EDITABLE


@dataclass(frozen=True, slots=True)
class Standing:
    """The request's answers with what the checks say. in_the_way: what a signature needs first."""

    answers: Answers
    known: Known
    findings: list[Finding]
    justified: dict[str, Justification]

    @property
    def in_the_way(self) -> list[Finding]:
        """Errors, and warnings without a written reason."""
        return [
            each
            for each in self.findings
            if each.severity is Severity.ERROR
            or (each.severity is Severity.WARN and each.key not in self.justified)
        ]

    @property
    def may_sign(self) -> bool:
        """Whether nothing keeps somebody from signing it."""
        return not self.in_the_way


def standing_of(request: Request, on: date) -> Standing:
    """How the request stands that day."""
    answers, known = read_answers(request.answers), known_of(request, on)
    found = [*check(answers, known, on), *_changed_since(request)]
    return Standing(answers, known, found, justifications_for(subject_of(request)))


def _changed_since(request: Request) -> list[Finding]:
    """An ERROR when the questions are no longer those that were signed."""
    if request.state in EDITABLE or request.packet is None or request.survey is None:
        return []
    if fresh_packet(request).digest == request.packet.get("digest"):
        return []
    return [
        Finding(
            "280.11-a3",
            Severity.ERROR,
            "The questions were changed after the request was signed.",
            where="instrument",
            fix="Take the signature back, look at the request, and sign it again.",
        )
    ]
