"""Whether a survey may open, given what was found and what was justified in writing."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable

import msgspec

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.surveys.rules.document import SurveyDocument, as_data

# What a transaction survey must contain once it is declared one; running one at all is a should.
_CONTENTS = ("280.10-c", "280.10-d", "280.10-e", "280.10-f")


@implements("INC-03")
def may_be_justified(finding: Finding, *, hisp_reporting: bool) -> bool:
    """Whether a written reason is enough: any WARN; an ERROR about contents outside HISP reports.

    Length, burden, clearance, consent and open slots stand whatever is written.
    """
    if finding.severity is Severity.WARN:
        return True
    is_contents = finding.rule.startswith(_CONTENTS) and finding.rule != "280.10-c7"
    return finding.severity is Severity.ERROR and is_contents and not hisp_reporting


def standing_in_the_way(
    findings: Iterable[Finding], justified: Container[str], *, hisp_reporting: bool
) -> list[Finding]:
    """The findings that keep the survey closed: not INFO, and not justified where that is enough.

    justified: the keys (Finding.key) that have a written reason.
    """
    return [
        each
        for each in findings
        if each.severity is not Severity.INFO
        and not (each.key in justified and may_be_justified(each, hisp_reporting=hisp_reporting))
    ]


def digest_of(document: SurveyDocument) -> str:
    """SHA-256 of the document in its one canonical form: sorted keys, no spaces."""
    canonical = msgspec.json.encode(as_data(document), order="deterministic")
    return hashlib.sha256(canonical).hexdigest()
