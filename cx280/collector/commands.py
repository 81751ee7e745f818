"""`cx280 collect`: the receiver of events as a role of its own, without Django."""

from __future__ import annotations

import click

from cx280.collector.settings import from_environment
from cx280.lake.restoring import refuse_half_restored


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8281, show_default=True, help="Port to listen on.")
def collect(host: str, port: int) -> None:
    """Start only the receiver of events, for sites with many visitors."""
    import uvicorn

    from cx280.collector.heads import BoundedHeads
    from cx280.collector.places import take_places

    take_places()
    refuse_half_restored(from_environment().data)
    uvicorn.run(
        "cx280.collector.app:collector",
        host=host,
        port=port,
        http=BoundedHeads,
        log_level="warning",
        access_log=False,  # an access log would keep people's addresses
        server_header=False,
        date_header=False,
        proxy_headers=False,  # CX280_BEHIND_PROXY says whether a proxy is to be believed
        timeout_graceful_shutdown=10,
        lifespan="on",
    )
