"""Finding: what a check says when a rule of the Circular is not met."""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """ERROR stops, WARN needs a written justification, INFO informs."""

    ERROR = "error"
    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule not met: which rule, where, what is wrong in plain words, and the way out.

    facts: what it rests on beyond its words, where a reason given for it ends when that changes.
    """

    rule: str
    severity: Severity
    message: str
    where: str | None = None
    fix: str = ""
    facts: str = ""

    def as_dict(self) -> dict[str, str | None]:
        """The finding as the outside contract prints it: rule, severity, where, message, fix."""
        found = asdict(self)
        return {
            "rule": found["rule"],
            "severity": self.severity.value,
            "where": found["where"],
            "message": found["message"],
            "fix": found["fix"],
        }

    @property
    def key(self) -> str:
        """What a justification is kept under: rule and place, `280.10-b4@questions[3]`."""
        return f"{self.rule}@{self.where or ''}"

    @property
    def stamp(self) -> str:
        """What a reason is kept under that holds only while what was found stays the same.

        The rule, and a digest of words and facts; the place is left out, for it may be a number.
        """
        said = f"{self.severity.value}\n{self.message}\n{self.facts}"
        return f"{self.rule}@{hashlib.sha256(said.encode()).hexdigest()[:20]}"


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stop."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]


def warnings(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that need a written justification."""
    return [finding for finding in findings if finding.severity is Severity.WARN]
