"""Fields of the template that are still empty (280.11-a3)."""

from __future__ import annotations

from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.known import Known
from cx280.paperwork.rules.vocabulary import Way

RULE = "280.11-a3"
# Field → what the page calls it, and what to write.
FIELDS = {
    "title": ("Title", "Name the collection as OMB will list it."),
    "purpose": ("Purpose", "Say what you hope to learn and how you will use it."),
    "activity": ("Type of activity", "Choose one."),
    "reported": ("Quarterly reporting", "Say whether results go into the quarterly report."),
    "ways": ("How it is collected", "Check every way that applies."),
    "who": ("Who is asked", "Say whom you ask and why they are the right people."),
    "selection": ("How people are selected", "Say whether all or a sample are asked, and how."),
    "asked": ("How people are asked", "Say where and how people meet the request."),
    "looks": ("What it looks like", "Describe layout, length, and who is present."),
    "when": ("When it happens", "Name the time."),
    "incentive": ("Incentive", "Say yes or no."),
    "burden_basis": ("How the burden was estimated", "Say where the figures come from."),
    "federal_cost": ("Cost to the Government", "Estimate it for a year; 0 is an answer."),
    "respondent_cost": ("Cost to respondents", "Estimate it for a year; 0 is an answer."),
    "preparer_name": ("Name of who developed it", "Write a name."),
    "preparer_email": ("Email address of who developed it", "Write an email address."),
}


@implements("280.11-a3")
def fields_missing(answers: Answers, known: Known, _on: date) -> list[Finding]:
    """An ERROR for each empty field; a study needs its script, a survey has its instrument."""
    empty = [name for name in FIELDS if _is_empty(getattr(answers, name))]
    found = [_missing(name, *FIELDS[name]) for name in empty]
    if Way.OTHER in answers.ways and not answers.other_way.strip():
        found.append(_missing("other_way", "The other way", "Explain it in a sentence."))
    if known.study and not answers.materials.strip():
        found.append(
            _missing("materials", "The script", "Paste the questions, instructions and tasks.")
        )
    return found


def _is_empty(value: object) -> bool:
    return value is None or value == [] or (isinstance(value, str) and not value.strip())


def _missing(field: str, name: str, fix: str) -> Finding:
    return Finding(RULE, Severity.ERROR, f"“{name}” is not answered.", where=field, fix=fix)
