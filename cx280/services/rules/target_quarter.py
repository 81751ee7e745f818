"""From which quarter a newly designated provider reports (280.16-b1)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.kernel.quarter import Quarter


@implements("280.16-b1")
def late_target(target: Quarter, limit: Quarter) -> list[Finding]:
    """An error when the target lies after the last quarter the edition allows."""
    if target <= limit:
        return []
    return [
        Finding(
            "280.16-b1",
            Severity.ERROR,
            f"Reporting may not start later than {limit}; the target is {target}.",
            where="target_quarter",
            fix=f"Choose {limit} or an earlier quarter.",
        )
    ]


@implements("280.16-b1")
def is_deferred(quarter: Quarter, target: Quarter | None) -> bool:
    """Whether the quarter's report is deferred rather than missing: it lies before the target."""
    return target is not None and quarter < target
