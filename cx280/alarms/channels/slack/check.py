"""Whether an address is a webhook of a room, and not the room itself."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from cx280.delivery.channels.web_address import check as check_web_address
from cx280.kernel.problem import Unusable

_ROOM = re.compile(r"(^|\.)slack(-gov)?\.com$")


def check(address: str) -> str:
    """The address as it is kept; raises Unusable. Other programs take Slack’s messages too, so
    any host will do, but Slack’s own pages take none.
    """
    checked = check_web_address(address)
    host = urlsplit(checked).hostname or ""
    if _ROOM.search(host) and not host.startswith("hooks."):
        raise Unusable(
            "This is the address of a page of Slack, not of a webhook.",
            field="address",
            fix="Add “Incoming Webhooks” to the channel and paste the address it gives you; it "
            "begins with https://hooks.slack.com/.",
        )
    return checked
