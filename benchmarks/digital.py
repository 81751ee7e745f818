"""The digital pages over a large lake: what counting its days costs, and how long a page takes.

    python -m benchmarks.digital --events 100000000 [--keep FOLDER] [--days 91]

The lake is one of `benchmarks.lake`, made where none is; the record is a fresh one, on SQLite, with
twenty services. Every day is counted as pages read it, yesterday with all its parts. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.lake import described, fill
from benchmarks.lake_questions import SIZES
from benchmarks.measuring import own_data, peak_megabytes, quantile
from benchmarks.pages import page_cost
from benchmarks.record import demo, person, start
from benchmarks.visits import SERVICES
from cx280.lake.tables import Lake

if TYPE_CHECKING:
    from cx280.services.models import Service

PAGES = {"digital": "", "flow": "flows/apply/", "speed": "speed/"}
SPANS = (7, 28, 91)


def main() -> None:
    """Counts, opens the pages, prints JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.digital")
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="the folder of a lake that is left")
    parser.add_argument("--last", type=date.fromisoformat, default=datetime.now(UTC).date())
    parser.add_argument("--days", type=int, default=91, help="how many to count")
    given = parser.parse_args()
    with own_data() as data, tempfile.TemporaryDirectory(prefix="cx280-lake-") as made:
        folder = given.keep or Path(made)
        if not (folder / "events").exists():
            fill(Lake(folder), given.events, 280, given.last)
        found = {"events": described(Lake(folder))["events"]}
        start()
        demo(2_000)
        codes = _twenty_services()
        _look_at(folder)
        found |= _counted(given.last, given.days)
        found |= _kept(data)
        found |= _pages(codes)
    print(json.dumps({name: round(each, 2) for name, each in found.items()}))


def _twenty_services() -> dict[int, str]:
    """The code of each service by its number, those of the lake, with the flow they have."""
    from cx280.services.models import Service
    from cx280.telemetry.models import Flow

    first = Service.objects.get(code="boat-permits")
    for number in range(1, SERVICES + 1):
        service = Service.objects.filter(pk=number).first() or _like(first, number)
        Flow.objects.get_or_create(
            service=service,
            key="apply",
            defaults={
                "name": "Apply",
                "steps": [["who-you-are", "Who you are"], ["your-address", "Your address"],
                          ["your-papers", "Your papers"], ["check-and-send", "Check"]],
                "launched_on": date(2025, 1, 1),
            },
        )  # fmt: skip
    return dict(Service.objects.values_list("pk", "code"))


def _like(first: Service, number: int) -> Service:
    from cx280.services.models import Service

    return Service.objects.create(
        pk=number, owner=first.owner, hisp=first.hisp, code=f"s{number}", name=f"Service {number}"
    )


def _look_at(folder: Path) -> None:
    """From here on the pages' lake is this one."""
    from django.conf import settings

    settings.CX280_LAKE = str(folder.resolve())


def _counted(last: date, days: int) -> dict[str, float]:
    """Seconds of a day, as pages read it and whole; of all days, the middle and the slowest."""
    from cx280.telemetry.actions.facts import ALL_PARTS, count_day
    from cx280.telemetry.queries.counting import FIRST_PARTS

    now = datetime.now(UTC)
    walls, cpus = [], []
    for at in range(days):
        started, cpu = time.perf_counter(), time.process_time()
        count_day(last - timedelta(at), FIRST_PARTS, now)
        walls.append(time.perf_counter() - started)
        cpus.append(time.process_time() - cpu)
    started, cpu = time.perf_counter(), time.process_time()
    count_day(last - timedelta(1), ALL_PARTS, now, again=True)
    return {
        "count_day_median_s": quantile(walls, 0.5),
        "count_day_slowest_s": max(walls),
        "count_day_cpu_s": quantile(cpus, 0.5),
        "count_whole_day_s": time.perf_counter() - started,
        "count_whole_day_cpu_s": time.process_time() - cpu,
        "count_megabytes": peak_megabytes(),
    }


def _kept(data: Path) -> dict[str, float]:
    """Bytes of facts of a service on a day: what pages read, and all parts of yesterday."""
    from cx280.telemetry.queries.counting import FIRST_PARTS
    from django.db.models import Avg, Count, Max, Sum
    from django.db.models.functions import Length

    from cx280.telemetry.models import DayFacts

    sized = DayFacts.objects.annotate(size=Length("body"))
    whole = sized.values("service", "day").annotate(parts=Count("pk"), bytes=Sum("size"))
    read = sized.filter(part__in=FIRST_PARTS).values("service", "day").annotate(bytes=Sum("size"))
    most = whole.order_by("-parts").values_list("parts", flat=True).first() or 0
    of_whole = whole.filter(parts__gt=len(FIRST_PARTS)).aggregate(mean=Avg("bytes"), m=Max("bytes"))
    return {
        "facts_rows": DayFacts.objects.count(),
        "facts_parts": most,
        "facts_read_bytes": read.aggregate(mean=Avg("bytes"))["mean"] or 0,
        "facts_whole_bytes": of_whole["mean"] or 0,
        "facts_whole_most_bytes": of_whole["m"] or 0,
        "record_megabytes": sum(each.stat().st_size for each in data.rglob("*.sqlite3*")) / 1e6,
    }


def _pages(codes: dict[int, str]) -> dict[str, float]:
    from django.test import Client

    client = Client()
    client.force_login(person("program_manager"), backend="cx280.accounts.backends.PasswordOrLink")
    found: dict[str, float] = {}
    for page, path in PAGES.items():
        for size, service in SIZES.items():
            for span in SPANS:
                address = f"/measures/{codes[service]}/digital/{path}?days={span}"
                cost = page_cost(client, address)
                found |= {f"{page}_{size}_{span}_{name}": each for name, each in cost.items()}
    return found


if __name__ == "__main__":
    main()
