"""A mail server in a process of its own. What it does is asked for by the name of the recipient:

`later@` is refused for now, `never@` for good, `full@` after the letter was read, `hang@` gets no
answer, `drip@` one without end, `cut@` is taken, but the line breaks before we are told, `slow…@`
is taken and told a while after; all others are taken.
"""

from __future__ import annotations

import asyncio
import sys
import uuid
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

HANGS = 60.0


class Handler:
    """Keeps each letter that it takes as a file, named in the order in which they came."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Takes mail from everybody but `stranger@`."""
        if address.startswith("stranger@"):
            return "550 5.7.1 not from here"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Does what the name asks for."""
        if address.startswith("hang@"):
            await asyncio.sleep(HANGS)
        if address.startswith("drip@"):
            await _drip(server)
        if address.startswith("later@"):
            return "451 4.3.0 the mailbox is busy"
        if address.startswith("never@"):
            return "550 5.1.1 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keeps the letter: whole, or not at all."""
        to = envelope.rcpt_tos[0]
        if to.startswith("full@"):
            return "552 5.2.2 the mailbox is full"
        content = envelope.original_content or b""
        count = len(list(self.folder.glob("*.eml")))
        unfinished = self.folder / f"{uuid.uuid4()}.part"
        unfinished.write_bytes(content)
        unfinished.rename(self.folder / f"{count:06}-{uuid.uuid4()}.eml")
        if to.startswith("slow"):
            await asyncio.sleep(0.5)
        if to.startswith("cut@"):
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"


async def _drip(server: SMTP) -> None:
    """An answer that comes letter by letter and never ends."""
    assert isinstance(server.transport, asyncio.Transport)
    for _ in range(int(HANGS * 10)):
        server.transport.write(b"2")
        await asyncio.sleep(0.1)


async def _serve(folder: Path) -> None:
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(folder)), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1])))
