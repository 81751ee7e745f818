"""OMB's console over years of history: time, processor time and queries of each page and file."""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

from benchmarks.measuring import cpu_milliseconds, own_data, quantile
from benchmarks.record import start

_TIMES = 15
_PAGES = (
    "/oversight/",
    "/oversight/waiting/",
    "/oversight/handed-in/",
    "/capacity/",
    "/plans/",
    "/designation/",
    "/oversight/releases/",
    "/oversight/groups/",
    "/oversight/findings/",
    "/oversight/findings/280.16-a3/",
    "/talks/",
    "/talks/follow-ups/",
    "/year/government/",
    "/quarter/review/",
    "/government/",
    "/quarter/releases/",
)
_FILES = (
    "/oversight/releases/?format=csv",
    "/oversight/releases/?format=json",
    "/oversight/waiting/?format=csv",
    "/oversight/findings/?format=csv",
    "/talks/?format=csv",
    "/talks/follow-ups/?all=yes&format=json",
    "/year/government/obligations.csv",
)


def main() -> None:
    """Prints p50 and p95 of wall and processor time, and queries; with --json the slowest only."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--agencies", type=int, default=50)
    parser.add_argument("--hisps", type=int, default=38, help="in all of the government")
    parser.add_argument("--each", action="store_true", help="as many in each of the agencies")
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    with own_data():
        start()
        hisps = given.hisps * (given.agencies if given.each else 1)
        client = _government(given.agencies, hisps, given.years)
        pages = {address: _page(client, address) for address in _PAGES}
        files = {address: _file(client, address) for address in _FILES}
    if given.json:
        print(json.dumps(_worst(pages, files)))
        return
    print(f"{'page':36} {'wall p50':>9} {'p95':>7} {'cpu p50':>9} {'p95':>7} {'queries':>8}")
    for address, found in pages.items():
        wall = f"{found['wall_p50']:9.0f} {found['wall_p95']:7.0f}"
        processor = f"{found['cpu_p50']:9.0f} {found['cpu_p95']:7.0f}"
        print(f"{address:36} {wall} {processor} {found['queries']:8.0f}")
    print(f"\n{'file':44} {'first ms':>9} {'all ms':>8} {'rows':>8}")
    for address, found in files.items():
        print(f"{address:44} {found['first_ms']:9.0f} {found['all_ms']:8.0f} {found['rows']:8.0f}")


def _worst(
    pages: dict[str, dict[str, float]], files: dict[str, dict[str, float]]
) -> dict[str, float]:
    """The slowest page and file: what `make bench` holds against the budget."""
    return {
        "pages": len(pages),
        "p95_ms": max(each["wall_p95"] for each in pages.values()),
        "cpu_ms": max(each["cpu_p50"] for each in pages.values()),
        "queries": max(each["queries"] for each in pages.values()),
        "file_ms": max(each["all_ms"] for each in files.values()),
    }


def _government(agencies: int, hisps: int, years: int) -> Any:  # noqa: ANN401
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from benchmarks.government import Government
    from cx280.accounts.models import Assignment, Person
    from cx280.site.settling import settle

    omb = Person.objects.create(email="omb@example.gov", name="OMB")
    Assignment.objects.create(person=omb, role="omb_reviewer", since="2010-01-01")
    started = time.monotonic()
    Government(agencies, hisps, years, timezone.localdate(), omb).build()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"built in {time.monotonic() - started:.0f} s", file=sys.stderr)
    settle()  # as the server does when it starts
    client = Client()
    client.force_login(omb, backend="cx280.accounts.backends.PasswordOrLink")
    return client


def _page(client: Any, address: str) -> dict[str, float]:  # noqa: ANN401
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    count = len(queries)  # read at once: the next request clears the log
    assert answer.status_code == 200, (address, answer.status_code)
    walls, processor = [], []
    for _ in range(_TIMES):
        started, before = time.perf_counter(), time.process_time()
        client.get(address)
        processor.append((time.process_time() - before) * 1000)
        walls.append((time.perf_counter() - started) * 1000)
    return {
        "wall_p50": quantile(walls, 0.5),
        "wall_p95": quantile(walls, 0.95),
        "cpu_p50": quantile(processor, 0.5),
        "cpu_p95": quantile(processor, 0.95),
        "queries": count,
    }


def _file(client: Any, address: str) -> dict[str, float]:  # noqa: ANN401
    """Processor time until its first piece and until its end, and how many lines it has."""
    took: dict[str, float] = {}

    def first() -> None:
        next(iter(client.get(address).streaming_content))

    def whole() -> None:
        body = b"".join(client.get(address).streaming_content)
        took["rows"] = body.count(b"\n") - 1

    return {"first_ms": cpu_milliseconds(first), "all_ms": cpu_milliseconds(whole)} | took


if __name__ == "__main__":
    main()
