"""Days of birth: a full date, where the words beside it speak of being born."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cx280.responses.rules.redaction.cues import Cues
from cx280.responses.rules.redaction.spans import Span, trimmed

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo"
    r"|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|ene|abr|ago|dic)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|º)?"
_YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)(?!\d)"
_DATE = re.compile(
    rf"(?<![\w/.-])(?:(?:19|20)\d\d\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?\d{{1,2}}"
    rf"|\d{{1,2}}\s?[-/.]\s?\d{{1,2}}\s?[-/.]\s?{_YEAR}"
    rf"|{_MONTH}\s{{0,2}}{_DAY}(?:\s?,?\s{{0,2}}(?:of\s|del?\s)?{_YEAR})?"
    rf"|{_DAY}\s{{0,2}}(?:of\s|de\s)?{_MONTH}"
    rf"(?:\s?,?\s{{0,2}}(?:of\s|del?\s)?{_YEAR})?"
    rf"|\d{{1,2}}{_MONTH}{_YEAR})(?![\w/]|-\d)",
    re.I,
)


def births(text: str, cues: Cues) -> Iterator[Span]:
    """Days of birth; a date of anything else stays, and so does a year alone."""
    for match in _DATE.finditer(text):
        if cues.family(*match.span()) == "birth":
            yield trimmed(text, *match.span(), "birth-date")
