"""Servers of other people's making that run for some tests: a cluster, an object store."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.a_server import free_port

TWO_WORKERS = {
    "SAIL_MODE": "local-cluster",
    "SAIL_CLUSTER__WORKER_INITIAL_COUNT": "2",
    "SAIL_CLUSTER__WORKER_MAX_COUNT": "2",
}


@contextmanager
def sail() -> Iterator[str]:
    """The address of a Sail server that runs each query on two workers."""
    main = sys.modules["__main__"]
    if not hasattr(main, "__file__"):
        # A worker of xdist has no main file, which Spark's client takes for its own doctests.
        main.__file__ = __file__
    port = free_port()
    command = str(Path(sys.executable).parent / "sail")
    with running([command, "spark", "server", "--port", str(port)], port, TWO_WORKERS):
        yield f"sc://127.0.0.1:{port}"


@contextmanager
def object_store(bucket: str) -> Iterator[dict[str, str]]:
    """What the environment has to say to reach a store that speaks S3, with that bucket."""
    port = free_port()
    with running([sys.executable, "-m", "moto.server", "-p", str(port)], port, {}):
        asking = HTTPConnection("127.0.0.1", port, timeout=10)
        asking.request("PUT", f"/{bucket}")
        assert asking.getresponse().status == 200
        asking.close()
        yield {
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
            "AWS_ALLOW_HTTP": "true",
            "AWS_ACCESS_KEY_ID": "nobody",
            "AWS_SECRET_ACCESS_KEY": "nothing",
            "AWS_REGION": "us-east-1",
        }


@contextmanager
def running(command: list[str], port: int, more: Mapping[str, str]) -> Iterator[None]:
    """A server that listens at the port; killed afterwards."""
    environment = {**os.environ, **more}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(port)
            yield
        finally:
            server.kill()


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not listen within 60 seconds")
