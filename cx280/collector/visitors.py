"""Who visits, without knowing who: a number under a salt nobody keeps, the device, robots.

The salt is random, lives in this process alone, changes at midnight UTC and is overwritten then:
after at most 24 hours nobody, we included, can tell which address a number came from (M-10-22
tier 1).
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets

from cx280.telemetry.rules.agents import Agent, agent_of

_MOST_AGENTS = 2000
_LONGEST_AGENT = 512


def network(address: str) -> str:
    """The address, or its /64 for IPv6: one customer holds that many; empty when it is none."""
    if ":" not in address:
        return address[:15]  # only ever hashed
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return str(mapped) if mapped else f"{int(parsed) >> 64:x}"


class Visitors:
    """Numbers visitors of one UTC day; the salt and the agents it remembers end with the day."""

    def __init__(self, day: int) -> None:
        self.day = day
        self._salt = bytearray(secrets.token_bytes(32))
        self._agents: dict[bytes, Agent] = {}

    def turn(self, day: int) -> None:
        """Destroys the salt when the day is another; days count from 1970 in UTC."""
        if day == self.day:
            return
        self.day = day
        self._salt[:] = secrets.token_bytes(32)
        self._agents.clear()

    def number(self, site: str, address: str, agent: bytes) -> int:
        """A signed 64-bit number of the visitor of the site today; 0 without an address."""
        if not address:
            return 0
        digest = hashlib.blake2b(
            b"%b\0%b\0%b" % (site.encode(), address.encode(), agent), key=self._salt, digest_size=8
        ).digest()
        return int.from_bytes(digest, "little", signed=True)

    def key(self, address: str) -> bytes:
        """A name for the address under today's salt, to count its requests by."""
        return hashlib.blake2b(address.encode(), key=self._salt, digest_size=12).digest()

    def agent(self, text: bytes) -> Agent:
        """What the agent tells, remembered for the day for the last ones seen."""
        text = text[:_LONGEST_AGENT]  # whoever sends long ones must not fill the memory
        found = self._agents.get(text)
        if found is None:
            if len(self._agents) >= _MOST_AGENTS:
                self._agents.clear()
            found = self._agents[text] = agent_of(text.decode("latin-1"))
        return found
