"""The web application under an ASGI server: synchronous Django in a pool of threads.

Django's own ASGI handler measured three times slower for synchronous views. The event collector
stands in front: Django never sees an event.
"""

import asyncio
import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware

from cx280.collector.app import collector
from cx280.site.settling import settle
from cx280.site.wsgi import application as django_application

from cx280.responses.starts import starts  # isort: skip - models need Django set up

_pages = WSGIMiddleware(
    cast(Any, django_application), workers=int(os.environ.get("CX280_THREADS", "8"))
)


async def application(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401
    """Answers requests; at start and stop, begins and ends what this process counts in memory."""
    if scope["type"] != "lifespan":
        if scope["type"] == "http" and scope["path"].startswith("/t/v1/"):
            await collector(scope, receive, send)
            return
        await _pages(scope, receive, send)
        return
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            settle()
            starts.begin()
            collector.begin()
            await send({"type": "lifespan.startup.complete"})
        else:
            # Views of surveys not yet written down; a server ends by signal, so atexit is no place.
            await asyncio.to_thread(starts.end)
            await collector.end()
            await send({"type": "lifespan.shutdown.complete"})
            return
