"""`make bench`: measures every budget in scope, prints a table, writes var/bench.json."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import Figure, in_its_own_process, print_table, write_json

_BENCH = "python -m benchmarks"
PAGES = ("today", "service", "units", "drivers", "comments", "groups", "nonresponse",
         "government", "front")  # fmt: skip


def main() -> None:
    """Runs each benchmark in a process of its own, so that none disturbs another."""
    parser = argparse.ArgumentParser(prog=_BENCH)
    parser.add_argument("--small", action="store_true", help="small data, to see that it runs")
    small = parser.parse_args().small
    size = "20000" if small else "1000000"
    target = Path(os.environ.get("CX280_DATA", "var")).resolve() / "bench.json"
    few = ("0.3", "2", "100000", "20000") if small else ("10", "10", "5000000", "1000000")
    parts: list[Callable[[], list[Figure]]] = [
        survey,
        answers,
        starting,
        lambda: host_page("5" if small else "40"),
        embed,
        events,
        lambda: memory(few[0]),
        lambda: freshness(*(("2", "5") if small else ("10", "30"))),
        lambda: kills(few[1]),
        lambda: lake(few[2]),
        lambda: digital(few[3]),
        lambda: pages_and_export(size),
        lambda: messages(size),
        lambda: console("2" if small else "10"),
        lambda: drivers(size),
        lambda: detection("500" if small else "10000"),
    ]
    figures: list[Figure] = []
    failed: list[str] = []
    for part in parts:
        try:
            figures += part()
        except subprocess.CalledProcessError as error:  # the others are worth having
            failed.append(" ".join(error.cmd[1:]))
    print_table(figures)
    write_json(figures, target)
    print(f"\nWritten to {target}")
    if over := [each.work for each in figures if each.verdict == "OVER"]:
        print(f"Over budget: {'; '.join(over)}")
    if failed:
        sys.exit(f"Did not run: {'; '.join(failed)}")


def survey() -> list[Figure]:
    """The survey page: bytes over the wire, and what a view costs."""
    found = in_its_own_process("benchmarks.survey_page")
    command = "python -m benchmarks.survey_page"
    return [
        Figure(
            "survey page, cold, everything it loads",
            found["kilobytes"],
            "KB",
            30,
            command,
            f"{found['requests']:.0f} requests, headers included",
        ),
        Figure("scripts the survey page needs", found["scripts"], "", None, command),
        Figure("writes to the record on a view", found["writes"], "", None, command),
        Figure("survey page, processor time a view", found["cpu_ms"], "ms", None, command),
    ]


def host_page(times: str) -> list[Figure]:
    """What cx.js costs the page that carries it."""
    found = in_its_own_process("benchmarks.host_page", "--times", times)
    command = f"python -m benchmarks.host_page --times {times}"

    def figure(work: str, name: str, unit: str, budget: float | None = None) -> Figure:
        note = f"95 %: {found[f'{name}_low']:.1f} to {found[f'{name}_high']:.1f}"
        return Figure(work, found[f"{name}_more"], unit, budget, command, note)

    return [
        figure("cx.js on a page: largest paint later by", "largest_paint", "ms", 16),
        figure("the same: long tasks more", "long_tasks", "ms", 0.001),
        figure("the same: layout shift more", "shift", "", 0.001),
        figure("the same: script, processor time", "script_time", "ms"),
    ]


def embed() -> list[Figure]:
    """What a survey on a website costs its visitors, beside the 133 to 458 KB of Touchpoints."""
    found = in_its_own_process("benchmarks.embed")
    command = "python -m benchmarks.embed"
    return [
        Figure(f"a page with {what}: from cx280", found[f"{name}_kilobytes"], "KB", budget, command,
               f"{found[f'{name}_requests']:.0f} requests, headers included")
        for name, what, budget in (
            ("no_mark", "cx.js alone", 3),
            ("waiting", "a prompt that waits", 3),
            ("tab", "a tab in sight", 10),
            ("prompt", "a prompt in sight", 10),
            ("tab_open", "the survey open in its tab", 40),
            ("inline", "the survey in the page", 40),
        )
    ]  # fmt: skip


def answers() -> list[Figure]:
    """One response stored, durable, one transaction."""
    found = in_its_own_process("benchmarks.store_response")
    command = "python -m benchmarks.store_response"
    note = f"wall median {found['wall_ms']:.1f} ms; {found['transactions']:.0f} transaction"
    return [
        Figure("one response stored, processor time", found["cpu_ms"], "ms", 3, command, note),
        Figure(
            "the same over HTTP, whole request, processor time",
            found["request_cpu_ms"],
            "ms",
            None,
            command,
        ),
    ]


def starting() -> list[Figure]:
    """From `cx280 serve` to the first page, and memory of all roles idle."""
    found = in_its_own_process("benchmarks.start_up")
    command = "python -m benchmarks.start_up"
    return [
        Figure("cx280 serve to first page", found["seconds"], "s", 5, command),
        Figure("all roles idle, memory", found["megabytes"], "MB", 400, command),
    ]


def events() -> list[Figure]:
    """Events taken durably, singly and in batches of 20, against Django and a database."""
    found = in_its_own_process("benchmarks.collector")
    command = "python -m benchmarks.collector"
    figures = []
    for load, name, budget in (("single", "one event", 100), ("batch", "an event of 20", 10)):
        for whose, limit in (("", budget), ("django_", None)):
            note = (
                f"{found[f'{whose}{load}_requests_a_second']:,.0f} requests/s; "
                f"p50 {found[f'{whose}{load}_p50_ms']:.1f} ms; "
                f"p99 {found[f'{whose}{load}_p99_ms']:.1f} ms"
            )
            work = f"{name} taken durably, processor time" + (", Django and SQLite" * bool(whose))
            figures.append(Figure(work, found[f"{whose}{load}_cpu_us"], "µs", limit, command, note))
        ratio = found[f"{load}_cpu_ratio"]
        figures.append(
            Figure(f"{name}: Django's processor time over ours", ratio, "×", None, command)
        )
    return figures


def memory(minutes: str) -> list[Figure]:
    """Whether memory stays flat under load, and how soon the lake has what was taken."""
    command = f"python -m benchmarks.collector --minutes {minutes}"
    found = in_its_own_process("benchmarks.collector", "--minutes", minutes)
    note = (
        f"{found['events']:,.0f} events; {found['collector_start_mb']:.0f} MB at the start, "
        f"{found['collector_warm_mb']:.0f} warm, {found['collector_end_mb']:.0f} at the end"
    )
    slope = found["collector_slope_mb_a_minute"]
    sealer = (
        f"{found['sealer_warm_mb']:.0f} MB warm, {found['sealer_end_mb']:.0f} at the end, "
        f"{found['sealer_most_mb']:.0f} at most, {found['sealers']:.0f} in turn"
    )
    return [
        Figure("collector's memory gained a minute of load", slope, "MB", 1, command, note),
        Figure(
            "the sealer's beside it", found["sealer_slope_mb_a_minute"], "MB", None, command, sealer
        ),
        Figure("an event's way to the lake under that load", found["waiting_median_s"], "s", 4,
               command, f"99 in 100: {found['waiting_p99_s']:.1f} s"),
    ]  # fmt: skip


def freshness(times: str, idle: str) -> list[Figure]:
    """How soon the lake has one event. A page is to have it after ten seconds: two are the
    browser's, and four are left to counting and the page.
    """
    command = f"python -m benchmarks.freshness --times {times} --idle {idle}"
    found = in_its_own_process("benchmarks.freshness", *command.split()[3:])
    note = f"{found['warm_in_the_lake_most']:.1f} s at most"
    first = f"its process started for it: {found['cold_in_the_lake']:.1f} s"
    return [
        Figure("one event's way to the lake", found["warm_in_the_lake_median"], "s", 4, command,
               f"{note}; {first}"),
        Figure("cx280 serve while nothing comes, of one core", found["idle_cpu_percent"], "%", None,
               command),
    ]  # fmt: skip


def kills(count: str) -> list[Figure]:
    """Collectors and sealer killed under load: what was lost, and what is there twice."""
    command = f"python -m benchmarks.kills --kills {count}"
    found = in_its_own_process("benchmarks.kills", "--kills", count)
    note = (
        f"{found['acknowledged']:,.0f} acknowledged; {count} kills each of collectors and sealer; "
        f"{found['wall_seconds']:.0f} s"
    )
    return [
        Figure("acknowledged events lost", found["lost"], "", 0, command, note),
        Figure("events twice in the lake", found["doubled"], "", 0, command),
    ]


def detection(series: str) -> list[Figure]:
    """Many series watched whole on two cores, and whether memory grows with them."""
    command = f"python -m benchmarks.detection.many --series {series}"
    found = in_its_own_process("benchmarks.detection.many", "--series", series)
    kinds = ("counts", "rates", "scores", "durations")
    note = f"{found['cpu_seconds']:.0f} s CPU; ms a series: " + ", ".join(
        f"{kind} {found[f'{kind}_ms']:.1f}" for kind in kinds
    )
    growth = found["most_mb"] - found["first_mb"]
    return [
        Figure(f"{int(series):,} series watched", found["seconds"], "s",
               60 * int(series) / 10_000, command, note),
        Figure("the same, memory gained after the first of each", growth, "MB", 20, command,
               f"{found['most_mb']:.0f} MB at most"),
    ]  # fmt: skip


def lake(events: str) -> list[Figure]:
    """The lake by itself: its size, its questions, and what keeping it costs an event.

    Budgets are of 100 million events: `python -m benchmarks.lake --events 100000000`.
    """
    command = f"python -m benchmarks.lake --events {events}"
    found = in_its_own_process("benchmarks.lake", "--events", events)
    figures = [
        Figure(f"{int(events):,} events in the lake, bytes an event", found["bytes_per_event"],
               "B", None, command, f"{found['files']:.0f} files"),
    ]  # fmt: skip
    for name, work, budget in (
        ("week_middle", "one service, 7 days, by day and kind", 100),
        ("week_busiest", "the same of the busiest service", None),
        ("day_by_kind", "the whole lake, day by kind", 2000),
        ("funnel_middle", "ordered funnel of three steps, one service, 90 days", 1000),
        ("funnel_busiest", "the same of the busiest service", None),
    ):
        note = f"p95 {found[f'{name}_p95_ms']:,.0f} ms; {found[f'{name}_cpu_ms']:,.0f} ms CPU"
        figures.append(Figure(work, found[f"{name}_median_ms"], "ms", budget, command, note))
    for name, work in (("seal", "an event sealed"), ("sort", "an event sorted")):
        note = f"{found[f'{name}_megabytes']:,.0f} MB gained"
        cost = found[f"{name}_cpu_us_an_event"]
        figures.append(Figure(f"{work}, processor time", cost, "µs", None, command, note))
    idle = sum(found[f"tend_{each}_cpu_ms"] for each in ("compact", "sweep", "forget"))
    figures.append(Figure("tending the lake when nothing changed, processor time", idle, "ms",
                          None, command))  # fmt: skip
    return figures


def digital(events: str) -> list[Figure]:
    """Digital pages of the busiest service over a quarter, and what counting their facts costs.

    Budgets are of 100 million events, as above; the pages read facts and stay as they are.
    """
    command = f"python -m benchmarks.digital --events {events}"
    found = in_its_own_process("benchmarks.digital", "--events", events)
    figures = [
        Figure(f"{name.replace('_', ' ')} page, 91 days, p95 server time",
               found[f"{name}_91_busiest_p95_ms"], "ms", 150, command,
               f"{found[f'{name}_91_busiest_cpu_ms']:.0f} ms CPU; "
               f"{found[f'{name}_91_busiest_queries']:.0f} queries")
        for name in ("digital", "flow", "speed", "ways", "explore")
    ]  # fmt: skip
    cost = found["count_cpu_seconds"] / float(events) * 1e6
    note = (
        f"{found['counted_days']:.0f} days counted, {found['repeated_days']:.0f} repeated; "
        f"{found['count_megabytes']:.0f} MB at most"
    )
    figures.append(
        Figure("an event counted into facts, processor time", cost, "µs", None, command, note)
    )
    return figures


def pages_and_export(size: str) -> list[Figure]:
    """Standard pages and the export at a million responses, and pages at a tenth for flatness."""
    command = f"python -m benchmarks.pages --responses {size}"
    found = in_its_own_process("benchmarks.pages", "--responses", size)
    tenth = in_its_own_process("benchmarks.pages", "--responses", str(int(size) // 10))
    figures = [
        Figure(
            f"{name} page, p95 server time",
            found[f"{name}_p95_ms"],
            "ms",
            150,
            command,
            f"{found[f'{name}_cpu_ms']:.0f} ms CPU; {found[f'{name}_queries']:.0f} queries; "
            f"{found[f'{name}_p95_ms'] / tenth[f'{name}_p95_ms']:.2f} × a tenth of the answers",
        )
        for name in PAGES
    ]
    million = 1_000_000 / float(size)
    figures.append(
        Figure(
            f"export of {int(size):,} responses as CSV",
            found["export_seconds"],
            "s",
            60 / million,
            command,
            f"{found['export_cpu_seconds']:.0f} s CPU",
        )
    )
    figures.append(Figure("the same, peak memory", found["export_megabytes"], "MB", 200, command))
    return figures


def messages(size: str) -> list[Figure]:
    """The page of a survey's messages, and whether it grows with the interactions."""
    command = f"python -m benchmarks.messages --interactions {size}"
    found = in_its_own_process("benchmarks.messages", "--interactions", size)
    tenth = in_its_own_process("benchmarks.messages", "--interactions", str(int(size) // 10))
    note = (
        f"{found['cpu_ms']:.0f} ms CPU; {found['queries']:.0f} queries; "
        f"{found['p95_ms'] / tenth['p95_ms']:.2f} × a tenth; "
        f"counted by the worker in {found['count_cpu_seconds']:.1f} s CPU"
    )
    return [Figure("messages page, p95 server time", found["p95_ms"], "ms", 150, command, note)]


def console(years: str) -> list[Figure]:
    """OMB's console over so many years of 38 providers in 50 agencies: its slowest page."""
    command = f"python -m benchmarks.console --years {years}"
    found = in_its_own_process("benchmarks.console", "--years", years, "--json")
    return [
        Figure(
            f"OMB's console over {years} years, slowest page, p95 server time",
            found["p95_ms"],
            "ms",
            200,
            command,
            f"{found['cpu_ms']:.0f} ms CPU in the middle; {found['queries']:.0f} queries; "
            f"slowest file {found['file_ms']:.0f} ms",
        )
    ]


def drivers(size: str) -> list[Figure]:
    """Driver importance with 1,000 bootstrap intervals, exact over 14 drivers, and its growth."""
    command = "python -m benchmarks.drivers"
    found = in_its_own_process("benchmarks.drivers", "--responses", size)
    gaps = in_its_own_process("benchmarks.drivers", "--responses", size, "--skipped", "0.2")
    many = in_its_own_process("benchmarks.drivers", "--responses", "20000", "--drivers", "14",
                              "--bootstrap", "0")  # fmt: skip
    tenfold = in_its_own_process("benchmarks.drivers", "--responses", f"{int(size) * 10}")
    return [
        Figure(
            f"7 drivers of {int(size):,} responses, 1,000 intervals",
            found["seconds"],
            "s",
            2,
            f"{command} --responses {size}",
            f"{found['cpu_seconds']:.2f} s CPU; {found['patterns']:,.0f} patterns",
        ),
        Figure("the same, peak memory", found["megabytes"], "MB", 500, command),
        Figure(
            "the same, a fifth of the answers skipped",
            gaps["seconds"],
            "s",
            2,
            f"{command} --responses {size} --skipped 0.2",
            f"{gaps['cpu_seconds']:.2f} s CPU; {gaps['megabytes']:.0f} MB",
        ),
        Figure(
            "ten times the responses: processor time over ten times that",
            tenfold["cpu_seconds"] / found["cpu_seconds"] / 10,
            "×",
            1,
            f"{command} --responses {int(size) * 10}",
            f"{tenfold['cpu_seconds']:.2f} s CPU; {tenfold['megabytes']:.0f} MB",
        ),
        Figure("14 drivers, exact", many["seconds"], "s", 10, f"{command} --drivers 14"),
    ]


if __name__ == "__main__":
    main()
