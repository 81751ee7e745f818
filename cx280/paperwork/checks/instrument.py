"""Whether the survey itself may go to OMB: its own findings, and the drivers of a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.paperwork.rules.answers import Answers
from cx280.paperwork.rules.known import Known

# What a provider's quarterly report needs: trust, satisfaction, and every driver that applies.
_NEEDED = "280.10-h"


@implements("280.11-a3", "280.10-h3")
def instrument_stands(_answers: Answers, known: Known, _on: date) -> list[Finding]:
    """The errors of the survey; for a provider's report also each measure it lacks, as a WARN.

    Another survey of the same service may ask a missing driver, so a written reason is enough.
    """
    if known.survey is None:
        return []
    errors = [each for each in known.survey.findings if each.severity is Severity.ERROR]
    lacking = [each for each in known.survey.findings if each.rule.startswith(_NEEDED)]
    told = [replace(each, severity=Severity.WARN) for each in lacking if each not in errors]
    return [replace(each, where=_place(each)) for each in (*errors, *told)]


def _place(finding: Finding) -> str:
    return f"instrument {finding.where or finding.message[:40]}"
