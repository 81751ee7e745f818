"""The digital pages over a large lake: what counting its days costs, and how long a page takes.

    python -m benchmarks.digital --events 100000000 [--keep FOLDER] [--facts FOLDER] [--days 91]

The lake is one of `benchmarks.lake`, made where none is; the record is a fresh one, on SQLite, with
twenty services. Every day is counted as the worker does it. With `--facts` the record stays in that
folder: what is counted in it is not counted again, and a run that was ended goes on where it was
(`--only counting` opens no pages, `--only pages` counts nothing).
Otherwise, where the lake has fewer days than are asked for, those it has are repeated before them,
which `repeated_days` tells. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.lake import fill
from benchmarks.lake_questions import SIZES
from benchmarks.measuring import kept_data, own_data, peak_megabytes
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
    parser.add_argument("--facts", type=Path, help="the folder of a record that is left")
    parser.add_argument("--days", type=int, default=91)
    parser.add_argument("--only", choices=("counting", "pages"), help="do just that")
    given = parser.parse_args()
    data = kept_data(given.facts) if given.facts else own_data()
    with data as record, tempfile.TemporaryDirectory(prefix="cx280-lake-") as made:
        folder = given.keep or Path(made)
        start()
        _make(folder, given.events, record / "made")
        if given.only != "pages":
            _count(record / "counted.json")
        found = _described(record / "counted.json")
        found["repeated_days"] = 0 if given.facts else _repeated(given.days)
        if given.only != "counting":
            found |= _pages()
        found["load"] = os.getloadavg()[0]
    print(json.dumps({name: round(each, 2) for name, each in found.items()}))


def _make(folder: Path, events: int, mark: Path) -> None:
    """The lake and the twenty services, where they are not there yet; pages look at that lake."""
    from django.conf import settings
    from django.utils import timezone

    if not (folder / "events").exists():
        fill(Lake(folder), events, 280, timezone.localdate())
    if not mark.exists():
        demo(2_000)
        _twenty_services()
        _forget_facts()
        mark.touch()
    settings.CX280_LAKE = str(folder.resolve())


def _twenty_services() -> None:
    """A service for each number in the lake, with the flow that they have."""
    from cx280.services.models import Service
    from cx280.telemetry.models import Flow

    first = Service.objects.get(code="boat-permits")
    for number in range(1, SERVICES + 1):
        service = Service.objects.filter(pk=number).first() or _like(first, number)
        flow = {"name": "Apply", "steps": STEPS, "launched_on": date(2025, 1, 1)}
        Flow.objects.get_or_create(service=service, key="apply", defaults=flow)


def _like(first: Service, number: int) -> Service:
    from cx280.services.models import Service

    return Service.objects.create(
        pk=number, owner=first.owner, hisp=first.hisp, code=f"s{number}", name=f"Service {number}"
    )


def _forget_facts() -> None:
    """Nothing is counted of another lake."""
    from cx280.telemetry.models import CountedDay, Counting, DayFacts

    for each in (CountedDay, Counting, DayFacts):
        each.objects.all().delete()


def _count(note: Path) -> None:
    """Counts the whole lake; notes what that cost, all runs together."""
    from django.utils import timezone

    from cx280.telemetry.actions.facts import count_lake

    before = json.loads(note.read_text()) if note.exists() else {}
    started, cpu = time.perf_counter(), time.process_time()
    count_lake(timezone.now())
    costs = {
        "count_seconds": time.perf_counter() - started,
        "count_cpu_seconds": time.process_time() - cpu,
    }
    found = {name: each + before.get(name, 0) for name, each in costs.items()}
    found["count_megabytes"] = max(peak_megabytes(), before.get("count_megabytes", 0))
    note.write_text(json.dumps(found))


def _described(note: Path) -> dict[str, float]:
    """What counting cost, of how many days each part is there, and what the facts weigh."""
    from django.db.models import Avg, Count
    from django.db.models.functions import Length

    from cx280.telemetry.models import DayFacts

    found: dict[str, float] = json.loads(note.read_text()) if note.exists() else {}
    parts = DayFacts.objects.values("part").annotate(days=Count("day", distinct=True))
    size = DayFacts.objects.aggregate(mean=Avg(Length("body")))["mean"]
    return found | {
        # As the least of all parts has.
        "counted_days": min((each["days"] for each in parts), default=0),
        "facts_parts": DayFacts.objects.count(),
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


def _pages() -> dict[str, float]:
    """What each page costs: p50, p95, processor time, queries of the record."""
    from django.test import Client

    from cx280.services.models import Service
    from cx280.site.settling import settle

    settle()  # as the server does when it starts
    codes = dict(Service.objects.values_list("pk", "code"))
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
