"""A report is late by the date that wins, and says which that is (280.16, INC-01)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.pages.written import longdate
from cx280.reporting.rules.content import Content, Deadline
from cx280.reporting.rules.facts import PackageFacts


@implements("INC-01")
def late(content: Content, previous: Content | None, facts: PackageFacts) -> list[Finding]:
    """WARN after the due date: on the day it was sent, or today while it was not."""
    day = facts.submitted_on or facts.today
    deadline = content.deadline
    days = (day - deadline.due).days
    if days <= 0:
        return []
    word = "was sent" if facts.submitted_on else "is"
    return [
        Finding(
            rule=deadline.source,
            severity=Severity.WARN,
            message=(
                f"This report {word} {days:,} {'day' if days == 1 else 'days'} late: "
                f"it was due {due_in_words(deadline)}."
            ),
            where="deadline",
            fix="Say in a sentence why it is late.",
        )
    ]


def due_in_words(deadline: Deadline) -> str:
    """“Friday, January 28, 2022 (the date OMB printed; the rule gives January 31)”."""
    said = longdate(deadline.due)
    if not deadline.published:
        return f"{said} (the last business day of the month after the quarter)"
    if deadline.rule_date == deadline.due:
        return f"{said} (the date OMB printed, as the rule gives)"
    rule = f"{deadline.rule_date:%B} {deadline.rule_date.day}"
    return f"{said} (the date OMB printed; the rule gives {rule})"
