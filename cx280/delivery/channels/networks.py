"""Which internet addresses a message may go to: public ones, and networks named in the settings.

Whoever may enter an address must not reach what stands behind our own wall with it. The tables are
IANA's registries of special addresses, written out, since what Python calls private has changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from cx280.kernel.problem import Unusable

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_CLOSED: dict[str, tuple[str, ...]] = {
    "this machine": ("0.0.0.0/8", "127.0.0.0/8"),
    "a private network": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),
    "the network of a provider": ("100.64.0.0/10",),
    "the local link": ("169.254.0.0/16",),
    "many machines at once": ("224.0.0.0/4",),
    "no machine of the public internet": (
        "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
        "203.0.113.0/24", "240.0.0.0/4",
    ),
}  # fmt: skip
_CLOSED_NETWORKS = [(ip_network(each), said) for said, many in _CLOSED.items() for each in many]
# Of the new addresses only these are public at all, and of them not the special ones.
_PUBLIC_6 = ip_network("2000::/3")
_CLOSED_6 = [ip_network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")]
# Clouds hand their keys to whoever asks there; no setting opens these.
_KEYS = {ip_address(each) for each in
         ("169.254.169.254", "168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254")
        }  # fmt: skip


def closed(address: Address, opened: Iterable[Network] = ()) -> str:
    """What an address is that nothing may be sent to, `a private network`; "" for an open one."""
    address = plain(address)
    if address in _KEYS:
        return "where a cloud keeps its keys"
    if any(address in each for each in opened):
        return ""
    if isinstance(address, IPv6Address):
        public = address in _PUBLIC_6 and not any(address in each for each in _CLOSED_6)
        return "" if public else "no machine of the public internet"
    return next((said for network, said in _CLOSED_NETWORKS if address in network), "")


def plain(address: Address) -> Address:
    """The old address where a new one only wraps it: `::ffff:10.0.0.1` is `10.0.0.1`."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped
    return address


def networks(written: Iterable[str]) -> tuple[Network, ...]:
    """Networks as settings name them, `10.20.0.0/16`; raises Unusable for what is none."""
    try:
        return tuple(ip_network(each) for each in written)
    except ValueError as error:
        raise Unusable(
            f"CX280_WEBHOOK_PRIVATE: {error}.",
            field="CX280_WEBHOOK_PRIVATE",
            fix="Write networks with commas, like 10.20.0.0/16,fd12::/48.",
        ) from None
