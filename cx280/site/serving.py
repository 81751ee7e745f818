"""`cx280 serve`, `web`, `work` and `migrate`: how the system starts and stops."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import click

from cx280.kernel.problem import Problem
from cx280.pages.record import is_behind, needs_record

_CX280 = [sys.executable, "-m", "cx280"]
# Between two turns of the worker: what is due waits that long at most, events too.
_TURN_SECONDS = 0.5


class NotReady(Problem):
    """The system cannot start as things are."""

    status = 503


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8280, show_default=True, help="Port to listen on.")
@click.option("--demo", is_flag=True, help="Load the simulated agency when there is no data yet.")
def serve(host: str, port: int, demo: bool) -> None:
    """Start everything on this machine: web and worker together."""
    _tell_address(port)
    collect_static()
    _bring_up_to_date()
    if demo:
        subprocess.run([*_CX280, "demo", "--if-empty"], check=True)
    # When the web role ends, the server raises the signal again: then it must not end us at once.
    signal.signal(signal.SIGTERM, _leave)
    workers: list[subprocess.Popen[bytes]] = []
    try:
        _announce(port)
        # Pages first: what is due waits until somebody can look.
        _run_web(host, port, lambda: workers.append(subprocess.Popen([*_CX280, "work"])))
    finally:
        for each in workers:
            _stop(each)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8280, show_default=True, help="Port to listen on.")
def web(host: str, port: int) -> None:
    """Start only the web role, for several nodes behind one address."""
    collect_static()
    _refuse_if_behind()
    _run_web(host, port)


@click.command()
@click.option("--once", is_flag=True, help="Run what is due and leave.")
@needs_record
def work(once: bool) -> None:
    """Start only the worker: counts new answers, closes expired surveys, opens packages."""
    from django.db import close_old_connections

    from cx280.site.apart import Apart
    from cx280.site.beside import Beside
    from cx280.site.jobs import run_due

    _refuse_if_behind()
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    if once:
        run_due()
        return
    parent, apart, beside = os.getppid(), Apart(), Beside()
    try:
        # A worker whose server was killed must not go on alone.
        while not stopping and os.getppid() == parent:
            run_due(apart=apart, beside=beside)
            close_old_connections()
            time.sleep(_TURN_SECONDS)
    finally:
        beside.close()
        apart.close()


@click.command()
@needs_record
def migrate() -> None:
    """Bring the system of record up to this version."""
    _bring_up_to_date()
    click.echo("The system of record is up to date.")


@needs_record
def _bring_up_to_date() -> None:
    from django.core.management import call_command

    if is_behind():
        call_command("migrate", verbosity=0, interactive=False)


@needs_record
def _refuse_if_behind() -> None:
    if is_behind():
        raise NotReady("The system of record is older than this version.", fix="Run cx280 migrate.")


def _run_web(host: str, port: int, once_up: Callable[[], None] = lambda: None) -> None:
    from cx280.site.web_server import run_web  # loads the server

    run_web(host, port, once_up)


@needs_record
def _announce(port: int) -> None:
    """Prints the address and, in a simulated system, a one-time sign-in link for each role."""
    from cx280.accounts.commands import links
    from cx280.accounts.models import Person

    click.echo(f"\ncx280 is on http://localhost:{port}  (Ctrl-C stops it)")
    if not Person.objects.exists():
        click.echo("Nobody can sign in yet: cx280 person add EMAIL NAME --role administrator")
    elif not Person.objects.filter(simulated=False).exists():
        # Never for real people: whoever reads the screen could sign in as them.
        links.main([], standalone_mode=False)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _tell_address(port: int) -> None:
    """Says where the pages are: to what starts from here, and beside the data to other commands."""
    address = os.environ.setdefault("CX280_ADDRESS", f"http://localhost:{port}")
    data = Path(os.environ.get("CX280_DATA", "var")).resolve()
    data.mkdir(parents=True, exist_ok=True)
    (data / "address").write_text(address, encoding="utf-8")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()


def collect_static() -> None:
    """Gathers and compresses static files when they changed since the last time.

    Runs in a process of its own, before Django starts here: the settings then find the manifest.
    """
    data = Path(os.environ.get("CX280_DATA", "var")).resolve()
    stamp = data / "static" / ".collected"
    sources = sorted((Path(__file__).parents[1]).glob("*/static/**/*"))
    now = hashlib.sha256(
        "".join(f"{each}:{each.stat().st_mtime_ns}" for each in sources).encode()
    ).hexdigest()
    if stamp.is_file() and stamp.read_text() == now:
        return
    subprocess.run(
        [sys.executable, "-m", "django", "collectstatic", "--noinput", "-v0"],
        env={
            **os.environ,
            "CX280_COLLECT": "1",
            "DJANGO_SETTINGS_MODULE": "cx280.site.settings",
        },
        check=True,
    )
    stamp.write_text(now)
