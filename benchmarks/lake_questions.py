"""What questions of pages and of free exploration cost on a lake of `benchmarks.lake`.

    python -m benchmarks.lake_questions FOLDER 2026-11-27

Each as the product asks it, of the busiest service (28 in 100 events), of one in the middle (5 in
100: the mean of twenty) and of a small one (1 in 100); the first answer, the least, the median and
the slowest twentieth of twenty, and processor time. Prints JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from datetime import date, timedelta

from benchmarks.measuring import peak_megabytes, quantile
from cx280.lake.engines import DuckDB
from cx280.lake.tables import Lake
from cx280.telemetry.rules import questions
from cx280.telemetry.rules.periods import Period, local_days

SIZES = {"busiest": 1, "middle": 5, "small": 20}
ZONE = "America/New_York"
TIMES = 20
WHOLE = "SELECT day, kind, count(*) AS n FROM events WHERE NOT bot GROUP BY day, kind"
_STEPS = {
    "step_1": "who-you-are",
    "step_2": "your-address",
    "step_3": "your-papers",
    "step_4": "check-and-send",
}


def asked(last: date) -> dict[str, tuple[str, dict[str, object]]]:
    """Each question by its name: its text, and what it is asked about."""
    week, quarter = _days(last, 7), _days(last, 90)
    found: dict[str, tuple[str, dict[str, object]]] = {"day_by_kind": (WHOLE, {})}
    flow: dict[str, object] = {"flow": "apply", "within": 1800.0, "settled": quarter.end}
    for size, service in SIZES.items():
        about_week = {"service": service, **week.parameters}
        about_flow = {"service": service, **quarter.parameters, **flow}
        found[f"week_{size}"] = (questions.facts_by_day(week.offsets, ["kind"]), about_week)
        found[f"week_hours_{size}"] = (questions.facts_by_hour(), about_week)
        found[f"funnel_{size}"] = (
            questions.funnel(1, ends=True),
            {**about_flow, "step_1": "your-address"},
        )
        found[f"funnel_of_six_{size}"] = (
            questions.funnel(len(_STEPS), ends=True),
            {**about_flow, **_STEPS},
        )
    return found


def _days(last: date, days: int) -> Period:
    """Whole local days, the last of them over."""
    return local_days(last - timedelta(days), last - timedelta(1), ZONE)


def main() -> None:
    """Asks everything, prints JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.lake_questions")
    parser.add_argument("folder")
    parser.add_argument("last", type=date.fromisoformat)
    parser.add_argument("--times", type=int, default=TIMES)
    given = parser.parse_args()
    engine = DuckDB(Lake(given.folder))
    started = time.perf_counter()
    engine.answer("SELECT count(*) AS n FROM events WHERE service = 0")
    found = {"opened_ms": (time.perf_counter() - started) * 1000}
    for name, (sql, about) in asked(given.last).items():
        found |= _measured(name, engine, sql, about, given.times)
    found["questions_megabytes"] = peak_megabytes()
    found["load"] = os.getloadavg()[0]
    print(json.dumps({name: round(each, 1) for name, each in found.items()}))


def _measured(
    name: str, engine: DuckDB, sql: str, about: dict[str, object], times: int
) -> dict[str, float]:
    walls, cpus = [], []
    for _ in range(times + 1):
        started, cpu = time.perf_counter(), time.process_time()
        engine.answer(sql, **about)
        walls.append((time.perf_counter() - started) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    first, *rest = walls
    return {
        f"{name}_first_ms": first,
        f"{name}_least_ms": min(rest),
        f"{name}_median_ms": quantile(rest, 0.5),
        f"{name}_p95_ms": quantile(rest, 0.95),
        f"{name}_cpu_ms": quantile(cpus[1:], 0.5),
    }


if __name__ == "__main__":
    main()
