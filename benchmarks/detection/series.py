"""Steady made-up series in which nothing happens, and real ones of which something is known."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Named(NamedTuple):
    """A series with a name."""

    name: str
    times: list[datetime]
    numbers: list[float]


STEPS = {"5 minutes": (300, 42), "hour": (3600, 150), "day": (86_400, 730)}
"""Seconds of a step, and days that a series lasts."""
NOISES = ("counts of 0.5", "counts of 5", "counts of 50", "uneven counts of 20", "shares of 15 %",
          "rare large ones (t, 3)", "what hangs together")  # fmt: skip


def steady(step: int, days: int, noise: str, seed: int) -> Named:
    """A series with a day and a week, and nothing else but chance."""
    draw = np.random.default_rng(seed)
    start = datetime(2024, 1, 1, tzinfo=UTC)
    times = [start + timedelta(seconds=step * at) for at in range(days * 86_400 // step)]
    hour = np.array([each.hour + each.minute / 60 for each in times])
    shape = 1 + 0.8 * np.sin((hour - 9) / 24 * 2 * np.pi) if step < 43_200 else np.ones(len(times))
    shape = shape * np.array([0.5 if each.weekday() > 4 else 1.0 for each in times])
    return Named(noise, times, [float(each) for each in _noisy(shape, noise, draw)])


def _noisy(
    shape: NDArray[np.float64], noise: str, draw: np.random.Generator
) -> NDArray[np.float64] | NDArray[np.int64]:
    if noise.startswith("counts"):
        return draw.poisson(float(noise.split()[-1]) * shape)
    if noise.startswith("uneven"):
        return draw.negative_binomial(5, 5 / (5 + 20 * shape))
    if noise.startswith("shares"):
        found: NDArray[np.float64] = 1000 * shape * np.exp(0.15 * draw.standard_normal(len(shape)))
        return found
    if noise.startswith("rare"):
        return 100 + 10 * draw.standard_t(3, len(shape)) + 10 * shape
    chain = draw.standard_normal(len(shape))
    for at in range(1, len(chain)):
        chain[at] += 0.8 * chain[at - 1]
    return 100 + 5 * chain + 20 * shape


def federal(data: Path) -> Iterator[Named]:
    """The real series, oldest row first."""
    yield from _nasa(data / "nasa/requests_per_minute_july1995.csv")
    for folder in sorted((data / "dap").iterdir()):
        if folder.is_dir():
            yield from _dap(folder)
    yield from _va(data / "va/va_weekly_long.csv")
    yield from _tsa(data / "tsa/national_month_category_2015_2021.csv")


def _nasa(path: Path) -> Iterator[Named]:
    rows = [(_at(row["minute"]), float(row["requests"])) for row in _rows(path)]
    hours: dict[datetime, float] = defaultdict(float)
    for at, number in rows:
        hours[at.replace(minute=0)] += number
    yield Named("NASA, by the minute", [at for at, _ in rows], [number for _, number in rows])
    yield Named("NASA, by the hour", list(hours), list(hours.values()))


def _dap(folder: Path) -> Iterator[Named]:
    daily = {_at(row["date"]): float(row["visits"]) for row in _rows(folder / "users.csv")}
    yield _sorted(f"DAP {folder.name}, by the day", daily)
    told = json.loads((folder / "last-48-hours.json").read_text(encoding="utf-8"))["data"]
    hourly = {_at(row["date"]) + timedelta(hours=int(row["hour"])): float(row["visits"])
              for row in told if row["hour"].isdigit()}  # fmt: skip
    yield _sorted(f"DAP {folder.name}, by the hour", hourly)


def _va(path: Path) -> Iterator[Named]:
    weekly: dict[str, dict[datetime, float]] = defaultdict(dict)
    for row in _rows(path):
        number = float(row["value"]) if row["value"] else float("nan")
        weekly[f"VA {row['product']} {row['metric']}, by the week"][_at(row["week"])] = number
    for name, numbers in weekly.items():
        yield _sorted(name, numbers)


def _tsa(path: Path) -> Iterator[Named]:
    monthly: dict[str, dict[datetime, float]] = defaultdict(lambda: defaultdict(float))
    for row in _rows(path):
        at = _at(f"{row['year_month']}-01")
        monthly["TSA complaints, by the month"][at] += float(row["count"])
        monthly[f"TSA {row['clean_cat']}, by the month"][at] += float(row["count"])
    for name, numbers in monthly.items():
        yield _sorted(name, numbers)


def _sorted(name: str, numbers: dict[datetime, float]) -> Named:
    times = sorted(numbers)
    return Named(name, times, [numbers[at] for at in times])


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8-sig") as lines:
        return list(csv.DictReader(lines))


def _at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)
