"""From `cx280 serve` to the first page, and the memory of all roles when idle."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from benchmarks.measuring import own_data
from benchmarks.record import demo, start


def main() -> None:
    """Prints seconds and megabytes as JSON."""
    with own_data():
        if os.fork() == 0:
            start()
            demo(2000)
            os._exit(0)
        os.wait()
        print(json.dumps(_measure()))


def _measure() -> dict[str, float]:
    port = free_port()
    command = [sys.executable, "-m", "cx280", "serve", "--port", str(port)]
    # The first start gathers static files; a start after that is what people wait for.
    _start_and_stop(command, port)
    return _start_and_stop(command, port)


def _start_and_stop(command: list[str], port: int) -> dict[str, float]:
    started = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        wait_for(f"http://127.0.0.1:{port}/", until=started + 240)
        seconds = time.monotonic() - started
        time.sleep(8)
        return {"seconds": seconds, "megabytes": _memory(process.pid)}
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(15)


def wait_for(address: str, *, until: float) -> None:
    """Returns when the address answers; leaves with a message at `until` (monotonic seconds)."""
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310  our own server
                page.read()
                return
        except OSError:  # refused, or too slow: urllib's errors are among them
            time.sleep(0.05)
    raise SystemExit("the server did not answer in time")


def _memory(leader: int) -> float:
    """Resident memory of the session's processes in MB, shared pages counted once (Pss)."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) != leader:
                continue
            lines = (folder / "smaps_rollup").read_text().splitlines()
        except (OSError, ProcessLookupError):
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return total / 1024


def free_port() -> int:
    """A free port on this machine."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
