"""Writes docs/studies/detection.md: other methods, false alarms, real series, labelled files."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.detection.nab import Labelled, best_threshold, files, normalised, score
from benchmarks.detection.others import METHODS, Scores
from benchmarks.detection.series import NOISES, STEPS, Named, federal, steady
from benchmarks.detection.simulated import section
from benchmarks.detection.watched import HEAD
from cx280.kernel.quiet_days import is_quiet
from cx280.stats.detection import alarm_at, detect, explain

PAGE = Path("docs/studies/detection.md")
_ASKED = 1.0  # false alarms a month
_SHOWN = 4  # alarms of a real series that are written out
_TEXT = """# How detection was chosen, and how good it is

`python -m benchmarks.detection` makes this page again. Nothing is set for any one file: the same
defaults serve everything below. Every score rests on earlier rows alone.

## Labelled files

The score of the Numenta Anomaly Benchmark (0: never says anything, 100: perfect, standard
profile), over the {files} labelled files at hand, one threshold for all. The other methods are
written as plainly as they are usually described.

{methods}

By file, cx280 at its best threshold ({threshold:.3f}):

{by_file}

The real series are prices of advertisements by the hour. Their labels mark some spikes and not
others as high, which no reader of the past alone could tell apart: most of the rows outside are
such spikes. The public benchmark has more files than these; its published figures are for all.

## False alarms where nothing happens

Made-up steady series with a day and a week, {months:.0f} months in all, once for each kind of
chance. Asked for: {asked:g} false alarm a month. The first third of each series is learned from.

{false}

By the day less is told than was asked for: 1 in 50 is the lowest rarity that is told. Small counts
and rare large numbers are told several times as often as asked: the weak spot, still to be mended.

## Real series

What was told at the same setting, with what is known.

{real}
"""


def main() -> None:
    """Measures, prints and writes the page."""
    data = Path(os.environ.get("CX280_REAL_DATA", "../shared/data"))
    labelled = files(data / "nab")
    scores = {"cx280": {each.name: detect(each.times, each.numbers).score for each in labelled}}
    for name, method in METHODS.items():
        scores[name] = {each.name: method(each) for each in labelled}
    threshold = best_threshold(labelled, scores["cx280"])[1]
    false, months = _false_alarms()
    page = _TEXT.format(
        files=len(labelled), methods=_methods(labelled, scores), threshold=threshold,
        by_file=_by_file(labelled, scores["cx280"], threshold), asked=_ASKED,
        months=months, false=false, real="\n".join(_real(list(federal(data)))),
    )  # fmt: skip
    page += f"\n{section()}"
    print(page)
    # What is told of whole services is measured by itself.
    _, head, told = PAGE.read_text(encoding="utf-8").partition(HEAD)
    page += f"\n{head}{told}" if head else ""
    PAGE.write_text(page, encoding="utf-8")


def _methods(labelled: Sequence[Labelled], scores: dict[str, dict[str, Scores]]) -> str:
    rows = ["| method | score | on steady files, rows told |", "|---|---:|---:|"]
    for name, mine in scores.items():
        found, threshold = best_threshold(labelled, mine)
        steady_files = [each for each in labelled if not each.windows]
        false = sum(score(each, mine[each.name] >= threshold).false for each in steady_files)
        rows.append(f"| {name} | {found:.1f} | {false} |")
    return "\n".join(rows)


def _by_file(labelled: Sequence[Labelled], scores: dict[str, Scores], threshold: float) -> str:
    rows = ["| file | windows found | rows outside | score |", "|---|---:|---:|---:|"]
    for each in labelled:
        got = score(each, scores[each.name] >= threshold)
        worth = f"{normalised([got]):.0f}" if got.windows else "–"
        found = f"{got.found} of {got.windows}" if got.windows else "none to find"
        rows.append(f"| {each.name} | {found} | {got.false} | {worth} |")
    return "\n".join(rows)


def _false_alarms() -> tuple[str, float]:
    rows = ["| chance | " + " | ".join(STEPS) + " |", "|---|" + "---:|" * len(STEPS)]
    months = 0.0
    for noise in NOISES:
        cells = []
        for step, days in STEPS.values():
            told, seen = _told(step, days, noise)
            months += seen
            cells.append(f"{told / seen:.1f}")
        rows.append(f"| {noise} | {' | '.join(cells)} |")
    return "\n".join(rows), months


def _told(step: int, days: int, noise: str) -> tuple[int, float]:
    """Alarms after the first third, and months in which they came."""
    told = seen = 0
    for seed in range(3):
        made = steady(step, days, noise, seed)
        news = detect(made.times, made.numbers).news[len(made.times) // 3 :]
        told += int(np.sum(news >= alarm_at(step, _ASKED)))
        seen += len(news)
    return told, seen * step / 86_400 / 30


def _real(series: Sequence[Named]) -> Iterator[str]:
    quiet = []
    for each in series:
        closed = [is_quiet(at.date()) for at in each.times] if each.times[0].year > 1986 else None
        began = time.process_time()
        found = detect(each.times, each.numbers, closed)
        took = time.process_time() - began
        alarms = [int(at) for at in found.alarms(_ASKED)]
        if not alarms:
            quiet.append(f"{each.name} ({len(each.times):,} rows)")
            continue
        yield f"**{each.name}**, {len(each.times):,} rows, {took:.2f} s: {len(alarms)} told."
        strongest = sorted(alarms, key=lambda at: -float(found.news[at]))[:_SHOWN]
        yield "\n".join(f"- {explain(found, at, each.times[at])}" for at in sorted(strongest))
        yield ""
    yield f"Nothing was told of {'; '.join(quiet)}."


if __name__ == "__main__":
    main()
