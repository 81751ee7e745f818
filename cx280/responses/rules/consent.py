"""What an open survey page must tell people before they answer (280.8-b9, 5 CFR 1320.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Statement:
    """What a survey page can say about itself; a blank means that nobody has written it down."""

    agency: str  # who asks
    service: str  # about what
    minutes: float | None  # the burden the clearance was given for, one set of answers
    control_number: str
    expires_on: date | None  # the last day the number is valid
    privacy: str = "stated"  # the page carries its own statement; blank only if taken off
    voluntary: str = "stated"
    website: str = ""  # where people find help, and where they write about the burden
    privacy_url: str = ""  # the agency's own privacy notice


_ELEMENTS = (
    ("agency", "the purpose: which agency asks", "Give the service an owner."),
    ("service", "the purpose: which service it is about", "Name the service."),
    ("voluntary", "that answering is voluntary", "Put the sentence back."),
    ("minutes", "the burden: how long answering takes", "Write the minutes into the collection."),
    ("control_number", "the OMB control number", "Choose the clearance that covers it."),
    ("expires_on", "the day the OMB approval expires", "Choose the clearance that covers it."),
    ("privacy", "how privacy is kept", "Put the statement back."),
)


@implements("280.8-b9")
def missing_elements(statement: Statement) -> list[Finding]:
    """An ERROR for each element of informed consent that the survey's page could not show.

    Purpose, voluntary nature, burden, control number with its expiry, privacy: an open page
    shows every one of them, so a survey with a finding here may not open.
    """
    return [
        Finding(
            rule="280.8-b9",
            severity=Severity.ERROR,
            message=f"The page could not tell people {said}.",
            where=name,
            fix=fix,
        )
        for name, said, fix in _ELEMENTS
        if not getattr(statement, name)
    ]
