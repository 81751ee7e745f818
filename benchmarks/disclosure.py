"""The attacker against a thousand random tables, and against every release of the demonstration.

`python -m benchmarks.disclosure` prints a table; `--tables 100` tries fewer, `--demo 3000` loads
the simulated agency with that many answers, `--no-demo` leaves it out.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, field

import numpy as np

from benchmarks.measuring import own_data
from benchmarks.record import demo, start
from cx280.measures.rules.suppression import suppress
from cx280.stats.disclosure import Rule, System, Tree, broken, crossed, line, protect, two_way

KINDS = ("lines", "two-way tables", "three-way tables", "units in a tree, by channel")


def main() -> None:
    """Prints how many tables, counts and releases were attacked, and how many broke."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.disclosure")
    parser.add_argument("--tables", type=int, default=1000)
    parser.add_argument("--demo", type=int, default=20_000, help="answers to load")
    parser.add_argument("--no-demo", action="store_true")
    asked = parser.parse_args()
    tables(asked.tables)
    quick_method(asked.tables // 5)
    if not asked.no_demo:
        with own_data():
            start()
            demo(asked.demo)
            releases()


@dataclass(slots=True)
class Sum:
    """What was found for one kind of table."""

    tables: int = 0
    counts: int = 0
    small: int = 0
    hidden: int = 0
    people: int = 0
    people_hidden: int = 0
    broken_before: int = 0
    broken: int = 0
    seconds: float = 0.0


def tables(times: int) -> None:
    """Protects and attacks random tables; prints one line for each kind."""
    sums = {kind: Sum() for kind in KINDS}
    for number in range(times):
        system, rule = random_system(number)
        found = sums[KINDS[number % len(KINDS)]]
        primary = system.primary(rule)
        found.broken_before += bool(broken(system, primary, rule, first=True))
        before = time.process_time()
        kept = protect(system, rule)
        found.seconds += time.process_time() - before
        found.broken += len(broken(system, kept.hidden, rule))
        inner = [name for name in system.values if name not in system.dear]
        found.tables += 1
        found.counts += len(system.values)
        found.small += len(primary)
        found.hidden += len(kept.hidden)
        found.people += sum(system.values[name] for name in inner)
        found.people_hidden += sum(system.values[name] for name in inner if name in kept.hidden)
    print(
        "| tables | how many | counts | small | hidden in all | answers hidden | "
        "broken with the small ones hidden | broken counts | CPU ms a table |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
    for kind, each in sums.items():
        print(
            f"| {kind} | {each.tables} | {each.counts:,} | {each.small:,} | {each.hidden:,} | "
            f"{each.people_hidden / max(1, each.people):.1%} | {each.broken_before} | "
            f"{each.broken} | {each.seconds / max(1, each.tables) * 1000:.0f} |"
        )


def quick_method(times: int) -> None:
    """The method of staff pages (bridges) beside the one of releases, on two-way tables."""
    rule, rng = Rule(10), np.random.default_rng(2)
    closer = exact = quick_hidden = slow_hidden = 0
    quick = slow = 0.0
    for number in range(times):
        rows, columns = int(rng.integers(2, 12)), int(rng.integers(2, 6))
        rates = rng.gamma(1.0, [3, 10, 40][number % 3], (rows, columns))
        cells = rng.poisson(rates) * (rng.random((rows, columns)) < rng.uniform(0.4, 1))
        system = two_way(cells.tolist())
        started = time.process_time()
        table = suppress(cells.tolist(), rule.smallest)
        between = time.process_time()
        kept = protect(system, rule)
        quick, slow = quick + between - started, slow + time.process_time() - between
        hidden = {(y if y < rows else "all", x if x < columns else "all") for y, x in table.hidden}
        found = broken(system, hidden, rule)
        closer += bool(found)
        exact += any(each.width == 0 for each in found)
        quick_hidden, slow_hidden = quick_hidden + len(hidden), slow_hidden + len(kept.hidden)
    print("\n| method | CPU ms a table | counts hidden | tables with a count closer than the rule |"
          " with one known exactly |\n|---|--:|--:|--:|--:|")  # fmt: skip
    print(f"| quick, staff pages | {quick / max(1, times) * 1000:.2f} | {quick_hidden:,} | "
          f"{closer} of {times} | {exact} |")  # fmt: skip
    print(f"| attacked, releases | {slow / max(1, times) * 1000:.0f} | {slow_hidden:,} | 0 | 0 |")


def random_system(number: int) -> tuple[System, Rule]:
    """A random line, table, cube or tree of units by channel: sizes, sparsity and thresholds."""
    rng = np.random.default_rng(number)
    rule = Rule(int(rng.choice([5, 10, 20])))
    fill = float(rng.uniform(0.3, 1.0))
    level = float(rng.choice([3, 10, 40]))

    def some(*shape: int) -> np.ndarray:
        values = rng.poisson(rng.gamma(1.0, level, shape)) * (rng.random(shape) < fill)
        return np.asarray(values)

    kind = number % len(KINDS)
    if kind == 0:
        return line([int(n) for n in some(int(rng.integers(2, 12)))]), rule
    if kind == 1:
        return two_way(some(int(rng.integers(2, 8)), int(rng.integers(2, 6))).tolist()), rule
    if kind == 2:
        sizes = [int(n) for n in rng.integers(2, 4, 3)]
        cells = {place: int(n) for place, n in np.ndenumerate(some(*sizes))}
        return crossed([Tree.flat(range(size)) for size in sizes], cells), rule
    return _tree_by_channel(rng, some), rule


def _tree_by_channel(rng: np.random.Generator, some: object) -> System:
    """Offices below regions below the agency, crossed with two or three channels."""
    assert callable(some)
    offices = [f"{region}{at}" for region in "nsw" for at in range(int(rng.integers(1, 4)))]
    above: dict[object, object] = {each: each[0] for each in offices}
    above |= dict.fromkeys(dict.fromkeys(each[0] for each in offices), "all")
    channels = Tree.flat(range(int(rng.integers(2, 4))))
    filled = some(len(offices), len(channels.above))
    cells = {
        (office, channel): int(filled[at, place])
        for at, office in enumerate(offices)
        for place, channel in enumerate(channels.above)
    }
    return crossed([Tree("all", above), channels], cells)


def releases() -> None:
    """Attacks every release of the record beside those before it; prints what was found."""
    found = attacked_releases()
    print(
        f"\n{found.releases} releases of {len(found.quarters)} quarters, {found.small:,} small"
        f" counts, {found.further} questions hidden further, {len(found.broken)} broken;"
        f" {found.seconds / max(1, found.releases) * 1000:.0f} ms CPU a release,"
        f" {found.most * 1000:.0f} at most."
    )
    for where in found.broken:
        print(f"  broken: {where}")


@dataclass(slots=True)
class Attacked:
    """What the attacker found in all releases of a record; seconds of processor time."""

    releases: int = 0
    small: int = 0
    further: int = 0
    broken: list[str] = field(default_factory=list)
    quarters: set[str] = field(default_factory=set)
    seconds: float = 0.0
    most: float = 0.0


def attacked_releases() -> Attacked:
    """Every release as it stands in the record, against the signed truth, beside earlier ones."""
    from cx280.reporting.models import Package, Release
    from cx280.reporting.queries.content import latest_version
    from cx280.reporting.rules import disclosure
    from cx280.reporting.rules.content import read_content

    found = Attacked()
    before: dict[tuple[int, int, int], list[disclosure.Release]] = {}
    for release in Release.objects.order_by("number"):
        place = (release.service_id, release.fiscal_year, release.quarter)
        package = Package.objects.get(service=place[0], fiscal_year=place[1], quarter=place[2])
        truth = read_content(latest_version(package).content)
        printed = read_content(release.content)
        earlier = before.setdefault(place, [])
        started = time.process_time()
        safe = disclosure.safe_version(truth, 10, earlier)
        wrong = disclosure.attack_release(truth, printed, 10, earlier)
        spent = time.process_time() - started
        found.seconds, found.most = found.seconds + spent, max(found.most, spent)
        found.releases += 1
        found.small += safe.attacked
        found.further += len(safe.further)
        found.broken += [f"release {release.number}: {each.where}" for each in wrong]
        found.quarters.add(truth.quarter)
        earlier.append(disclosure.Release(release.number, printed))
    return found


if __name__ == "__main__":
    main()
