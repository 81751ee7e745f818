"""Whether a number can be texted."""

from __future__ import annotations

import re

from cx280.delivery.channels.sms.provider import configured
from cx280.kernel.problem import Unusable

_NUMBER = re.compile(r"\+[1-9]\d{7,14}")
_AMERICAN = re.compile(r"(\+?1)?([2-9]\d{2}[2-9]\d{6})")


def check(address: str) -> str:
    """The number as `+12025550123`; raises Unusable, also where no provider is set up."""
    if not configured():
        raise Unusable(
            "Text messages are not set up here.",
            field="channel",
            fix="Ask whoever runs cx280 to name a provider (CX280_SMS_URL), or choose e-mail.",
        )
    digits = re.sub(r"[\s().\-\N{NO-BREAK SPACE}]", "", address)
    american = _AMERICAN.fullmatch(digits)
    if american:
        return f"+1{american[2]}"
    if digits.startswith("+1") or not digits.isascii() or not _NUMBER.fullmatch(digits):
        raise Unusable(
            f"“{address}” is no telephone number.",
            field="address",
            fix="Write it with its area code, like (202) 555-0123; outside the United States with "
            "a plus and the country.",
        )
    return digits
