"""Themes against labels that people gave: micro-F1 beside a majority and a keyword baseline.

`python -m benchmarks.themes [folder of comments]` prints counts and scores, and never a word that
anybody wrote. The labels are those of 10,334 comments on health services in England (see
docs/studies/themes.md); texts of the same words stay in one fold.
"""

from __future__ import annotations

import argparse
import csv
import os
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cx280.measures.rules.themes.codebook import federal
from cx280.measures.rules.themes.learning import guessed_unseen
from cx280.measures.rules.themes.matching import matcher_for
from cx280.stats.text.judging import agreement, folds_of, macro_f1, scores_unseen
from cx280.stats.text.tone import tone_of

Flags = NDArray[np.bool_]
FOLDS = 5
FILE = "nhs_phase1_text_data.csv"
# Where the themes of the codebook, made for other services, would stand among these labels.
KEYWORDS = {
    "staff": "Staff",
    "knowledge": "Staff",
    "wait": "Access",
    "appointments": "Access",
    "access": "Access",
    "phone": "Access",
    "speed": "Access",
    "information": "Communication",
    "status": "Communication",
    "fairness": "Dignity",
    "privacy": "Dignity",
    "facilities": "Environment/ facilities",
    "solved": "Care received",
    "errors": "Care received",
    "steps": "Transition/coordination",
    "praise": "Couldn't be improved",
}


@dataclass(frozen=True, slots=True)
class Scored:
    """One way of filing with its micro-F1 and macro-F1, in [0, 1], and seconds taken."""

    way: str
    micro: float
    macro: float
    seconds: float


def comments(folder: Path) -> list[dict[str, str]]:
    """The labelled comments; for measuring only, never to be printed."""
    with (folder / FILE).open(encoding="utf-8", errors="replace") as file:
        return list(csv.DictReader(file))


def flags(labels: Sequence[str]) -> tuple[list[str], Flags]:
    """The names in order, and for each comment whether it has each: n × k."""
    names = sorted(set(labels))
    return names, np.array([[name == label for name in names] for label in labels])


def only_best(scores: NDArray[np.float64]) -> Flags:
    """One guess in each row: the theme with the highest score."""
    guessed = np.zeros(scores.shape, dtype=bool)
    guessed[np.arange(len(scores)), scores.argmax(axis=1)] = True
    return guessed


def majority(texts: Sequence[str], truth: Flags) -> Flags:
    """The most frequent label of the other folds, for everybody."""
    fold = folds_of(texts, FOLDS)
    guessed = np.zeros(truth.shape, dtype=bool)
    for each in range(FOLDS):
        guessed[fold == each, truth[fold != each].sum(axis=0).argmax()] = True
    return guessed


def by_keywords(texts: Sequence[str], names: Sequence[str], truth: Flags) -> Flags:
    """The label of the codebook's theme with most words in the text; the majority without one."""
    matcher = matcher_for(federal(), "en")
    guessed = majority(texts, truth)
    for row, text in enumerate(texts):
        votes: Counter[str] = Counter()
        for code, words in matcher.themes_in(text).items():
            if KEYWORDS.get(code) in names:
                votes[KEYWORDS[code]] += len(words)
        if votes:
            guessed[row] = False
            guessed[row, names.index(max(votes, key=lambda name: (votes[name], name)))] = True
    return guessed


def scored(way: str, truth: Flags, guessed: Flags, started: float) -> Scored:
    """The scores of one way of filing."""
    micro = agreement(truth, guessed).f1
    return Scored(way, micro, macro_f1(truth, guessed), time.process_time() - started)


def measured(rows: Sequence[dict[str, str]], column: str, *, keywords: bool) -> list[Scored]:
    """Every way of filing, on one column of labels."""
    texts = [row["feedback"] for row in rows]
    names, truth = flags([row[column] for row in rows])
    found = []
    start = time.process_time()
    found.append(scored("majority", truth, majority(texts, truth), start))
    if keywords:
        start = time.process_time()
        found.append(scored("keywords", truth, by_keywords(texts, names, truth), start))
    start = time.process_time()
    scores = scores_unseen(texts, truth, folds=FOLDS)
    found.append(scored("linear, the best theme", truth, only_best(scores), start))
    guessed = guessed_unseen(texts, scores, truth)
    found.append(scored("linear, all above threshold", truth, guessed, start))
    return found


def tones(rows: Sequence[dict[str, str]]) -> dict[str, float]:
    """How the words' tone fits what people judged: of those both call praise or complaint."""
    judged = [(row["feedback"], _judged(row["criticality"])) for row in rows]
    both = [(tone_of(text).tone, side) for text, side in judged if side]
    told = [(tone, side) for tone, side in both if tone != "neutral"]
    return {
        "comments judged": float(len(both)),
        "share with a tone": len(told) / len(both),
        "right of those": sum(tone == side for tone, side in told) / len(told),
    }


def _judged(written: str) -> str:
    if written not in {str(each) for each in range(-5, 6)} or written == "0":
        return ""
    return "positive" if int(written) > 0 else "negative"


def main() -> None:
    """Prints the tables of docs/studies/themes.md."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.themes")
    data = Path(os.environ.get("CX280_REAL_DATA", "../shared/data")) / "comments"
    parser.add_argument("folder", nargs="?", type=Path, default=data)
    rows = comments(parser.parse_args().folder)
    print(f"{len(rows):,} comments, {FOLDS} folds, equal texts in one fold")
    for column, keywords in (("label", True), ("subcategory", False)):
        print(f"\n{column}: {len({row[column] for row in rows})} of them")
        print(f"{'way':30} micro-F1 macro-F1 seconds")
        for each in measured(rows, column, keywords=keywords):
            print(f"{each.way:30} {each.micro:8.3f} {each.macro:8.3f} {each.seconds:7.1f}")
    print("\ntone by words")
    for name, value in tones(rows).items():
        print(f"{name:30} {value:8.3f}")


if __name__ == "__main__":
    main()
