"""The digital pages over a large lake: what counting its days costs, and how long a page takes.

    python -m benchmarks.digital --events 100000000 [--keep FOLDER] [--days 91]

The lake is one of `benchmarks.lake`, made where none is; the record is a fresh one, on SQLite, with
twenty services. Every day is counted as the worker does it. Where the lake has fewer days than are
asked for, those it has are repeated before them. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.lake import fill
from benchmarks.lake_questions import SIZES
from benchmarks.measuring import own_data, peak_megabytes
from benchmarks.pages import page_cost
from benchmarks.record import demo, person, start
from benchmarks.visits import SERVICES
from cx280.lake.tables import Lake

if TYPE_CHECKING:
    from cx280.services.models import Service

STEPS = [["who-you-are", "Who you are"], ["your-address", "Your address"],
         ["your-papers", "Your papers"], ["check-and-send", "Check"]]  # fmt: skip
# Pages with days to choose, and those without.
SPANNED = {"digital": "", "flow": "flows/apply/", "speed": "speed/", "ways": "ways/",
           "explore": "explore/", "explore_by_page": "explore/?by=page&"}  # fmt: skip
OTHERS = {"over_time": "/measures/{}/digital/time/", "plan": "/telemetry/{}/plan/",
          "practices": "/telemetry/{}/practices/"}  # fmt: skip
SPANS = (7, 28, 91)


def main() -> None:
    """Counts, opens the pages, prints JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.digital")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="the folder of a lake that is left")
    parser.add_argument("--days", type=int, default=91)
    given = parser.parse_args()
    with own_data(), tempfile.TemporaryDirectory(prefix="cx280-lake-") as made:
        folder = given.keep or Path(made)
        start()
        from django.utils import timezone

        if not (folder / "events").exists():
            fill(Lake(folder), given.events, 280, timezone.localdate())
        demo(2_000)
        codes = _twenty_services()
        _look_at(folder)
        found = _counted() | {"repeated_days": _repeated(given.days)}
        found |= _pages(codes)
    print(json.dumps({name: round(each, 2) for name, each in found.items()}))


def _twenty_services() -> dict[int, str]:
    """The code of each service by its number, those of the lake, with the flow they have."""
    from cx280.services.models import Service
    from cx280.telemetry.models import Flow

    first = Service.objects.get(code="boat-permits")
    for number in range(1, SERVICES + 1):
        service = Service.objects.filter(pk=number).first() or _like(first, number)
        flow = {"name": "Apply", "steps": STEPS, "launched_on": date(2025, 1, 1)}
        Flow.objects.get_or_create(service=service, key="apply", defaults=flow)
    return dict(Service.objects.values_list("pk", "code"))


def _like(first: Service, number: int) -> Service:
    from cx280.services.models import Service

    return Service.objects.create(
        pk=number, owner=first.owner, hisp=first.hisp, code=f"s{number}", name=f"Service {number}"
    )


def _look_at(folder: Path) -> None:
    """From here on the pages' lake is this one, and nothing is counted of another."""
    from django.conf import settings

    from cx280.telemetry.models import CountedDay, Counting, DayFacts

    for each in (CountedDay, Counting, DayFacts):
        each.objects.all().delete()
    settings.CX280_LAKE = str(folder.resolve())


def _counted() -> dict[str, float]:
    """Seconds until the whole lake is counted, and what the facts weigh."""
    from django.db.models import Avg
    from django.db.models.functions import Length
    from django.utils import timezone

    from cx280.telemetry.actions.facts import count_lake
    from cx280.telemetry.models import DayFacts

    started, cpu = time.perf_counter(), time.process_time()
    done = count_lake(timezone.now())
    parts = DayFacts.objects.count()
    size = DayFacts.objects.aggregate(mean=Avg(Length("body")))["mean"]
    return {
        "count_seconds": time.perf_counter() - started,
        "count_cpu_seconds": time.process_time() - cpu,
        "count_megabytes": peak_megabytes(),
        "counted_days": len({day for _, day in done.days}),
        "facts_parts": parts,
        "facts_bytes_a_part": size or 0,
    }


def _repeated(days: int) -> int:
    """How many days were made by repeating those counted, so that there are so many."""
    from cx280.telemetry.models import DayFacts

    known = sorted(set(DayFacts.objects.values_list("day", flat=True)))
    lacking = max(0, days - len(known))
    for at in range(lacking):
        day = known[0] - timedelta(days=1 + at)
        rows = list(DayFacts.objects.filter(day=known[-2 - at % max(1, len(known) - 1)]))
        for row in rows:
            row.pk, row.day = None, day
        DayFacts.objects.bulk_create(rows)
    return lacking


def _pages(codes: dict[int, str]) -> dict[str, float]:
    """What each page costs: p95, processor time, queries of the record."""
    from django.test import Client

    client = Client()
    client.force_login(person("program_manager"), backend="cx280.accounts.backends.PasswordOrLink")
    found: dict[str, float] = {}
    for size, service in SIZES.items():
        asked = {name: each.format(codes[service]) for name, each in OTHERS.items()}
        for page, path in SPANNED.items():
            address = f"/measures/{codes[service]}/digital/{path}"
            address += "" if "?" in address else "?"
            asked |= {f"{page}_{span}": f"{address}days={span}" for span in SPANS}
        for page, address in asked.items():
            cost = page_cost(client, address)
            found |= {f"{page}_{size}_{name}": each for name, each in cost.items()}
    return found


if __name__ == "__main__":
    main()
