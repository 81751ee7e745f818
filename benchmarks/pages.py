"""Standard pages and the export, at a given number of responses."""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

from benchmarks.measuring import own_data, quantile
from benchmarks.record import demo, person, start

_TIMES = 20


def main() -> None:
    """Prints p95, processor time and queries for each page, and the export's cost, as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--responses", type=int, default=1_000_000)
    responses = parser.parse_args().responses
    with own_data() as folder:
        start()
        demo(responses)
        found = _pages()
        found.update(_export(folder, responses))
        print(json.dumps(found))


def _pages() -> dict[str, float]:
    from django.test import Client

    from cx280.site.settling import settle

    settle()  # as the server does when it starts
    manager, reviewer = Client(), Client()
    for client, role in ((manager, "program_manager"), (reviewer, "omb_reviewer")):
        client.force_login(person(role), backend="cx280.accounts.backends.PasswordOrLink")
    quarter = quote(_last_quarter())
    asked = {
        "today": (manager, "/today/"),
        "service": (manager, f"/measures/boat-permits/?quarter={quarter}"),
        "units": (manager, f"/measures/boat-permits/units/?quarter={quarter}"),
        "drivers": (manager, f"/measures/boat-permits/drivers/?quarter={quarter}"),
        "comments": (manager, f"/measures/boat-permits/comments/?quarter={quarter}"),
        "groups": (manager, f"/measures/boat-permits/groups/?quarter={quarter}"),
        "nonresponse": (manager, f"/measures/boat-permits/nonresponse/?quarter={quarter}"),
        "reach": (manager, "/surveys/boat-permits/reach/"),
        "plan": (manager, "/surveys/plan/"),
        "government": (reviewer, f"/government/?quarter={quarter}"),
        "front": (Client(), "/"),
    }
    found: dict[str, float] = {}
    for name, (client, address) in asked.items():
        found.update({f"{name}_{key}": value for key, value in page_cost(client, address).items()})
    return found


def _last_quarter() -> str:
    from cx280.kernel.quarter import Quarter
    from cx280.reporting.models import Release

    newest = Release.objects.order_by("-fiscal_year", "-quarter").first()
    assert newest is not None
    return str(Quarter(newest.fiscal_year, newest.quarter))


def page_cost(client: object, address: str) -> dict[str, float]:
    """p50 and p95 in milliseconds, processor time and queries of a page for a signed-in client."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    assert isinstance(client, Client)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    count = len(queries)  # read at once: the next request clears the log
    assert response.status_code == 200, (address, response.status_code)
    walls = []
    before = time.process_time()
    for _ in range(_TIMES):
        started = time.perf_counter()
        client.get(address)
        walls.append((time.perf_counter() - started) * 1000)
    return {
        "p50_ms": quantile(walls, 0.5),
        "p95_ms": quantile(walls, 0.95),
        "cpu_ms": (time.process_time() - before) * 1000 / _TIMES,
        "queries": count,
    }


def _export(folder: Path, responses: int) -> dict[str, float]:
    """Every answer moves to one survey, so that one file holds them all."""
    from django.db import connection

    from benchmarks.record import open_version

    version = open_version()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE responses_response SET version_id = %s", [version.pk])
    connection.close()
    target = folder / "export.csv"
    command = [sys.executable, "-m", "cx280", "export", "responses"]
    started = time.monotonic()
    process = subprocess.Popen(
        [*command, "--survey", version.survey.code, "--format", "csv", "-o", str(target)],
        stderr=subprocess.DEVNULL,
        env=os.environ,
    )
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _held(process.pid))
        time.sleep(0.05)
    assert process.returncode == 0, process.returncode
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    with target.open(encoding="utf-8") as file:
        lines = sum(1 for _ in file)
    assert lines > responses * 0.99, lines
    return {
        "export_seconds": time.monotonic() - started,
        "export_cpu_seconds": children.ru_utime + children.ru_stime,
        "export_megabytes": peak,
    }


def _held(pid: int) -> float:
    """The most memory the process itself has held, in MB; ru_maxrss would count its parent's."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


if __name__ == "__main__":
    main()
