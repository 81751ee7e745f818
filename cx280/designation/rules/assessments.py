"""Whether each designated service was assessed in a fiscal year (280.14-f1)."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity


@implements("280.14-f1")
def not_assessed(
    designated: Mapping[str, str], assessed: Collection[str], fiscal_year: int
) -> list[Finding]:
    """A WARN for each designated service ({code: name}) without an assessment in the year."""
    return [
        Finding(
            "280.14-f1",
            Severity.WARN,
            f"{name} was not assessed in FY{fiscal_year}.",
            f"services[{code}]",
            "Look at the whole service with customers in mind, and keep what you found.",
        )
        for code, name in designated.items()
        if code not in assessed
    ]
