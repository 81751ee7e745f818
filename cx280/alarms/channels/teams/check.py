"""Whether an address is a webhook of a workflow, and not a page of Teams."""

from __future__ import annotations

from urllib.parse import urlsplit

from cx280.delivery.channels.web_address import check as check_web_address
from cx280.kernel.problem import Unusable

_PAGES = {
    "teams.microsoft.com",
    "teams.live.com",
    "teams.cloud.microsoft",
    "gov.teams.microsoft.us",
    "dod.teams.microsoft.us",
}


def check(address: str) -> str:
    """The address as it is kept; raises Unusable."""
    checked = check_web_address(address)
    if urlsplit(checked).hostname in _PAGES:
        raise Unusable(
            "This is the address of a page of Teams, not of a webhook.",
            field="address",
            fix="In the channel choose Workflows, “Post to a channel when a webhook request is "
            "received”, and paste the address it gives you.",
        )
    return checked
