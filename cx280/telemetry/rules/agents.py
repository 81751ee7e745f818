"""What a user agent tells, alike at every door: the kind of device, and whether it is a robot."""

from __future__ import annotations

import re
from typing import NamedTuple

_BOTS = re.compile(
    r"bot\b|bot[/ _;:-]|crawl|spider|slurp|scrap|headless|phantom|lighthouse|pagespeed|archiver"
    r"|pingdom|uptime|monitor|preview|facebookexternalhit|mediapartners|elb-health|healthcheck"
    r"|wget|curl|python|httpx|aiohttp|libwww|java/|okhttp|httpclient|go-http|fetch|axios|php/"
    r"|ruby|perl|selenium|puppeteer|playwright|feed|validator|scan|nessus|nikto|sqlmap"
    r"|GPT|Claude|Perplexity",
    re.I,
)
_TABLET = re.compile(r"ipad|tablet|kindle|silk/|playbook|android(?!.*mobi)", re.I)
_MOBILE = re.compile(r"mobi|iphone|ipod|android|blackberry|opera mini|windows phone", re.I)
_DESKTOP = re.compile(r"windows|macintosh|x11|cros |linux", re.I)


class Agent(NamedTuple):
    """What a user agent tells: the kind of device, and whether a program says that it is one."""

    device: str
    bot: bool


def agent_of(text: str) -> Agent:
    """The kind of device (desktop, mobile, tablet, other) and whether it is a robot.

    An empty agent is no browser's.
    """
    if _TABLET.search(text):
        device = "tablet"
    elif _MOBILE.search(text):
        device = "mobile"
    else:
        device = "desktop" if _DESKTOP.search(text) else "other"
    return Agent(device, not text or _BOTS.search(text) is not None)
