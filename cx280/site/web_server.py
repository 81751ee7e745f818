"""The web role in this process: pages and the event collector on one port."""

from __future__ import annotations

import sys
from collections.abc import Callable
from socket import socket

import uvicorn

from cx280.collector.heads import BoundedHeads
from cx280.collector.places import take_places

_COULD_NOT_START = 3


def run_web(host: str, port: int, once_up: Callable[[], None] = lambda: None) -> None:
    """Serves until it is told to stop; calls `once_up` as soon as it answers."""
    take_places()
    server = _Server(
        uvicorn.Config(
            "cx280.site.asgi:application",
            host=host,
            port=port,
            http=BoundedHeads,
            log_level="warning",
            access_log=False,  # an access log would keep people's addresses
            server_header=False,
            timeout_graceful_shutdown=10,
            lifespan="on",  # opens and closes the buffer of events and the counts in memory
        ),
        once_up,
    )
    server.config.load_app()
    server.run()
    if not server.started:
        sys.exit(_COULD_NOT_START)


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, once_up: Callable[[], None]) -> None:
        super().__init__(config)
        self._once_up = once_up

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._once_up()
