"""Posts to an address that somebody entered: to public machines only, and never for long.

Why not a client from the shelf: the connection must go to the very address that was checked, and
the whole of it, name service and slow drips included, must end in time. h11 reads the answer; the
server uses it for the same.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

import h11
from django.conf import settings

from cx280.delivery.channels.in_time import in_time
from cx280.delivery.channels.networks import closed, networks, plain
from cx280.delivery.channels.receipts import Failed

_CONNECT = 4.0  # seconds for one of the addresses of a host
_REST = 1.0  # seconds for the rest of an answer whose status is known
_HEAD = 16_384
_BODY = 2_048


@dataclass(frozen=True, slots=True)
class Answer:
    """What a receiver answered: the status, Retry-After as written, the beginning of the body."""

    host: str
    status: int
    retry_after: str
    body: str


class Deadline:
    """When everything must be over."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    def left(self, most: float = float("inf")) -> float:
        """The seconds that are left, at most so many; raises TimeoutError when there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return min(left, most)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """What the receiver answers within CX280_WEBHOOK_SECONDS, redirects included as they are.

    Raises Failed: permanent only where the address is closed to us. No sentence holds more of the
    address than its host, since the rest may be a secret.
    """
    parts = urlsplit(url)
    host, deadline = parts.hostname or "", Deadline(settings.CX280_WEBHOOK_SECONDS)
    try:
        with contextlib.closing(_connected(parts, deadline)) as line:
            return _exchanged(line, deadline, parts, body, headers)
    except TimeoutError:
        raise Failed(
            f"{host} did not answer within {settings.CX280_WEBHOOK_SECONDS:g} seconds.",
            permanent=False,
        ) from None
    except ssl.SSLCertVerificationError as error:
        raise Failed(
            f"The certificate of {host} is not valid: {error.verify_message}.", permanent=False
        ) from error
    except (OSError, h11.ProtocolError) as error:
        raise Failed(
            f"{host} cannot be reached or broke off ({type(error).__name__}).", permanent=False
        ) from error


def _connected(parts: SplitResult, deadline: Deadline) -> socket.socket:
    """A line to one of the addresses that may be reached; they are tried in turn."""
    host, secret = parts.hostname or "", parts.scheme == "https"
    port = parts.port or (443 if secret else 80)
    last: OSError = OSError("no address")
    for place in _open_places(host, port, deadline, secret=secret):
        try:
            line = socket.create_connection(place, timeout=deadline.left(_CONNECT))
        except TimeoutError as error:
            deadline.left()
            last = error
            continue
        except OSError as error:
            last = error
            continue
        if not secret:
            return line
        line.settimeout(deadline.left())
        # A certificate is for the name, the line goes to the address that was checked.
        return ssl.create_default_context().wrap_socket(line, server_hostname=host)
    raise last


def _open_places(
    host: str, port: int, deadline: Deadline, *, secret: bool
) -> Iterator[tuple[str, int]]:
    """Addresses of the host that may be reached; raises Failed when there is none at all."""
    opened = networks(settings.CX280_WEBHOOK_PRIVATE)
    # Unencrypted only into networks that the settings name: never over the internet.
    found = [plain(ip_address(each)) for each in _resolved(host, port, deadline)]
    places = [
        each
        for each in found
        if not closed(each, opened) and (secret or any(each in network for network in opened))
    ]
    if not places:
        said = closed(found[0], opened) or "reached over https only"
        raise Failed(
            f"{host} is {said}, so nothing is sent there. Use a public https address, or name its "
            "network in CX280_WEBHOOK_PRIVATE.",
            permanent=True,
        )
    yield from ((str(each), port) for each in places)


def _resolved(host: str, port: int, deadline: Deadline) -> list[str]:
    """The addresses a name stands for now. Raises Failed for a name that nobody knows."""

    def ask() -> list[str]:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        # A scope (`fe80::1%eth0`) is of the local link, and judged without it.
        return list(dict.fromkeys(str(each[4][0]).partition("%")[0] for each in found))

    try:
        return in_time(ask, deadline.left())
    except (socket.gaierror, UnicodeError):
        raise Failed(f"The name {host} is not known. Check the address.", permanent=False) from None


def _exchanged(
    line: socket.socket,
    deadline: Deadline,
    parts: SplitResult,
    body: bytes,
    headers: Mapping[str, str],
) -> Answer:
    """Sends the request and reads the answer as far as it is of use."""
    talk = h11.Connection(h11.CLIENT, max_incomplete_event_size=_HEAD)
    sent = {
        "Host": parts.netloc,
        "User-Agent": "cx280/1",
        "Connection": "close",
        "Content-Length": str(len(body)),
        **headers,
    }
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    request = h11.Request(method="POST", target=target, headers=list(sent.items()))
    pieces = [talk.send(request), talk.send(h11.Data(body)), talk.send(h11.EndOfMessage())]
    _send(line, b"".join(piece for piece in pieces if piece), deadline)
    response = _head(line, talk, deadline)
    return Answer(
        host=parts.hostname or "",
        status=response.status_code,
        retry_after=dict(response.headers).get(b"retry-after", b"").decode("latin-1"),
        body=_beginning(line, talk, deadline),
    )


def _send(line: socket.socket, message: bytes, deadline: Deadline) -> None:
    while message:
        line.settimeout(deadline.left())
        message = message[line.send(message) :]


def _head(line: socket.socket, talk: h11.Connection, deadline: Deadline) -> h11.Response:
    """The status and headers; what is said before them (1xx) is passed over."""
    read = 0
    while True:
        event = talk.next_event()
        if isinstance(event, h11.Response):
            return event
        if event is h11.NEED_DATA:
            line.settimeout(deadline.left())
            piece = line.recv(4096)
            read += len(piece)
            if read > 2 * _HEAD:
                raise ConnectionError("too much before the answer")
            talk.receive_data(piece)
        elif not isinstance(event, h11.InformationalResponse):
            raise ConnectionError("no answer")


def _beginning(line: socket.socket, talk: h11.Connection, deadline: Deadline) -> str:
    """The beginning of the body, for what it may say about an error. The status stands, whatever
    becomes of it: a body without end, or one that never comes, changes nothing.
    """
    body, rest = b"", Deadline(_REST)
    with contextlib.suppress(OSError, h11.ProtocolError):
        while len(body) < _BODY:
            event = talk.next_event()
            if event is h11.NEED_DATA:
                line.settimeout(min(deadline.left(), rest.left()))
                talk.receive_data(line.recv(4096))
            elif isinstance(event, h11.Data):
                body += bytes(event.data)
            else:
                break
    return body[:_BODY].decode("utf-8", "replace")
