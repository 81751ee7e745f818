"""Runs a command beside a private PostgreSQL cluster: `python -m tests.postgresql COMMAND …`."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The cluster is thrown away: nothing of it has to outlive a power cut.
_FORGETFUL = (
    "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c wal_level=minimal"
    " -c max_wal_senders=0"
)


def programs() -> Path:
    """The folder of the newest PostgreSQL's programs; raises SystemExit when there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    if on_path:
        return Path(on_path).resolve().parent
    raise SystemExit("PostgreSQL is missing: run `make setup-tests`.")


def _as_owner(command: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root: root hands over to the user its package made."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def cluster() -> Iterator[str]:
    """A fresh cluster on a free loopback port; yields its DATABASE_URL and removes it after."""
    folder = Path(tempfile.mkdtemp(prefix="cx280-pg-"))
    data, port, bin_ = folder / "data", _free_port(), programs()
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    initdb = [str(bin_ / "initdb"), "-D", str(data), "-U", "cx280", "-A", "trust", "-E", "UTF8"]
    subprocess.run(_as_owner([*initdb, "--no-sync", "--locale=C.UTF-8"]), **quiet)  # type: ignore[call-overload]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {_FORGETFUL}"
    control = [str(bin_ / "pg_ctl"), "-D", str(data), "-w", "-l", str(folder / "log")]
    subprocess.run(_as_owner([*control, "-o", options, "start"]), **quiet)  # type: ignore[call-overload]
    try:
        yield f"postgresql://cx280@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(_as_owner([*control, "-m", "immediate", "stop"]), **quiet)  # type: ignore[call-overload]
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Runs the command given on the command line with DATABASE_URL set; gives its exit code."""
    with cluster() as url:
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}).returncode


if __name__ == "__main__":
    sys.exit(main())
