"""Whether all eight certifications are answered, and answered as the survey is (280.11-a3)."""

from __future__ import annotations

from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.known import Known
from cx280.paperwork.rules.vocabulary import Certification, Reported, YesNo

RULE = "280.11-a3"


@implements("280.11-a3")
def certifications_answered(answers: Answers, known: Known, _on: date) -> list[Finding]:
    """An ERROR while any is open, for each “no” without a reason, and for a contradiction."""
    found = _open([each for each in Certification if answers.certified(each) is None])
    denied = [each for each in Certification if answers.certified(each) is YesNo.NO]
    if denied and not answers.certification_notes.strip():
        found += [_unexplained(each) for each in denied]
    return found + _contradicted(answers, known)


def _open(left: list[Certification]) -> list[Finding]:
    """One finding for all that are open, with their numbers: eight would hide the rest."""
    if not left:
        return []
    every = list(Certification)
    numbers = [str(every.index(each) + 1) for each in left]
    if len(left) == len(every):
        message = "None of the eight certifications is answered."
    elif len(left) == 1:
        message = f"Certification {numbers[0]} is not answered: “{left[0].label}”"
    else:
        message = f"Certifications {', '.join(numbers[:-1])} and {numbers[-1]} are not answered."
    where = f"certification_{left[0].value}"
    return [Finding(RULE, Severity.ERROR, message, where=where, fix="Answer each yes or no.")]


def _unexplained(which: Certification) -> Finding:
    return Finding(
        RULE, Severity.ERROR, f"Denied without a reason: “{which.label}”",
        where=f"certification_{which.value}",
        fix="Explain it below the certifications: OMB approves no fast request without it.",
    )  # fmt: skip


def _contradicted(answers: Answers, known: Known) -> list[Finding]:
    """A “no” to quarterly reporting where the request says that results are reported."""
    reports = answers.reported is Reported.YES
    if reports and answers.certified(Certification.QUARTERLY) is YesNo.NO:
        return [
            Finding(
                RULE, Severity.ERROR,
                "The request says its results are reported each quarter, and certifies the"
                " opposite.", where="certification_quarterly", fix="Change one of the two.",
            )
        ]  # fmt: skip
    return []
