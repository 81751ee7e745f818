"""What a provider's answer to one text means: taken, never, later, or nobody knows."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import NamedTuple

from cx280.circular.implements import implements

# Numbers that Twilio will never reach: invalid, no mobile phone, a country that is closed to us.
_NO_NUMBER = {21211, 21214, 21217, 21408, 21612, 21614, 21635}
_SAID_STOP = 21610  # the provider heard a STOP that we did not


class Outcome(StrEnum):
    """What the mail server, or the provider, made of a message."""

    TAKEN = "taken"
    REFUSED = "refused"  # for good: there is no such address
    STOPPED = "stopped"  # for good: this person said STOP to the provider
    LATER = "later"  # it was not taken, and may be later
    UNKNOWN = "unknown"  # the connection broke while it was handed over


class Meaning(NamedTuple):
    """The outcome of one text, and whether the provider takes no other either for now.

    why: a sentence for the log, with nothing of the person in it.
    """

    outcome: Outcome
    is_away: bool = False
    why: str = ""


@implements("280.10-k4")
def meaning_of(status: int, body: str) -> Meaning:
    """What an answer means.

    A number is called wrong only where the provider says so (422, or a code of Twilio's). Any other
    400, 401, 403 or 404 is about our account or settings, not about this person: all texts wait.
    500, 502 and 504 do not say whether the text was taken.
    """
    if 200 <= status < 300:
        return Meaning(Outcome.TAKEN)
    code = _code_in(body)
    if code == _SAID_STOP:
        return Meaning(Outcome.STOPPED)
    if code in _NO_NUMBER or (status == 422 and not code):
        return Meaning(Outcome.REFUSED)
    if status in (429, 503):
        return Meaning(Outcome.LATER, True, f"It is asked too often or too busy ({status}).")
    if status >= 500:
        return Meaning(Outcome.UNKNOWN, False, f"It broke while it took a text ({status}).")
    said = f", code {code}" if code else ""
    return Meaning(Outcome.LATER, True, f"It refuses us ({status}{said}): check CX280_SMS_….")


def _code_in(body: str) -> int:
    """The number under `code` in a JSON body; 0 without."""
    try:
        found = json.loads(body)
    except ValueError:
        return 0
    code = found.get("code") if isinstance(found, dict) else None
    return code if isinstance(code, int) else 0
