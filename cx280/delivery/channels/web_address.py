"""Whether a web address can be posted to, as far as it can be told without asking anybody."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit, urlunsplit

from django.conf import settings

from cx280.delivery.channels.networks import closed, networks
from cx280.kernel.problem import Unusable

LONGEST = 500  # as many as a contact keeps; workflows of Teams need about 330


def check(address: str) -> str:
    """The address with its host in small letters; raises Unusable for what cannot be used."""
    address = address.strip()
    if len(address) > LONGEST or not address.isascii() or not address.isprintable():
        raise _unusable("This web address is too long or has characters that none may have.")
    if " " in address:
        raise _unusable("A web address has no blanks.")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _unusable("This is no web address.") from None
    _check_scheme(parts.scheme.lower())
    if not host:
        raise _unusable("This web address names no host.")
    if parts.username is not None or parts.password is not None:
        raise _unusable("A name or password in a web address ends up in logs.")
    _check_host(host)
    return _written(parts, host, port)


def _check_scheme(scheme: str) -> None:
    if scheme == "https" or (scheme == "http" and settings.CX280_WEBHOOK_PRIVATE):
        return
    raise _unusable("Messages go over https only.")


def _check_host(host: str) -> None:
    """A number can be judged now; what a name stands for is judged at each sending."""
    try:
        said = closed(ip_address(host), networks(settings.CX280_WEBHOOK_PRIVATE))
    except ValueError:
        return
    if said:
        raise Unusable(
            f"{host} is {said}.",
            field="address",
            fix="Use a public address, or let whoever runs cx280 name the network in "
            "CX280_WEBHOOK_PRIVATE.",
        )


def _written(parts: SplitResult, host: str, port: int | None) -> str:
    """Without the fragment, which no server gets to see."""
    place = f"[{host}]" if ":" in host else host
    if port is not None:
        place = f"{place}:{port}"
    return urlunsplit((parts.scheme.lower(), place, parts.path or "/", parts.query, ""))


def _unusable(message: str) -> Unusable:
    return Unusable(
        message, field="address", fix="Paste it whole, like https://hooks.agency.gov/cx/alarms."
    )
