"""What an open survey page tells people about itself (280.8-b9, 5 CFR 1320.8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Statement:
    """Who asks, about what, how long it takes and by what right; the words stand in `words/`.

    surveys.checks.consent_missing keeps a survey closed while any of this is missing.
    """

    agency: str
    service: str
    minutes: float | None  # the burden the clearance was given for, one set of answers
    control_number: str
    expires_on: date | None  # the last day the number is valid
    website: str = ""  # where people find help, and where they write about the burden
    privacy_url: str = ""  # the agency's own privacy notice, beside the statement on the page
