"""How good guesses are: folds that keep equal texts together, micro-F1, thresholds."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cx280.kernel.problem import Unusable
from cx280.stats.text.linear import learn_lines
from cx280.stats.text.tokens import words_of
from cx280.stats.text.vectors import learn_vectors, rows_for

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Guesses beside the truth: hits, false guesses and misses, and what follows, in [0, 1]."""

    hits: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of guesses that hold; 0 when nothing was guessed."""
        return self.hits / (self.hits + self.wrong) if self.hits + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """The share of what holds that was guessed; 0 when nothing holds."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        """2·hits / (2·hits + wrong + missed): van Rijsbergen 1979, Information retrieval, ch. 7."""
        below = 2 * self.hits + self.wrong + self.missed
        return 2 * self.hits / below if below else 0.0


def agreement(truth: Flags, guessed: Flags) -> Agreement:
    """Micro counts over all cells of two n × k tables of flags; its `f1` is micro-F1.

    Where each row has one true and one guessed theme, micro-F1 is the share guessed right.
    Raises Unusable when the shapes differ.
    """
    if truth.shape != guessed.shape:
        raise Unusable(f"Guesses {guessed.shape} do not fit the truth {truth.shape}.")
    hits = int((truth & guessed).sum())
    return Agreement(hits, int(guessed.sum()) - hits, int(truth.sum()) - hits)


def macro_f1(truth: Flags, guessed: Flags) -> float:
    """The plain mean of each theme's F1, in [0, 1]: rare themes count as much as common ones."""
    each = [agreement(truth[:, k], guessed[:, k]).f1 for k in range(truth.shape[1])]
    return float(np.mean(each)) if each else 0.0


def folds_of(texts: Sequence[str], folds: int, salt: int = 0) -> NDArray[np.int64]:
    """The fold, 0 … folds - 1, of each text; texts of the same words share one.

    Otherwise a text learned by heart would count as one understood. Raises Unusable below 2.
    """
    if folds < 2:
        raise Unusable(f"Cross-validation takes at least 2 folds, not {folds}.")
    sums = [zlib.crc32(" ".join(words_of(text)).encode(), salt) for text in texts]
    return np.array([each % folds for each in sums], dtype=np.int64)


def scores_unseen(
    texts: Sequence[str], labels: Flags, *, folds: int = 5, cost: float = 0.2, salt: int = 0
) -> Floats:
    """n × k scores, each by lines that did not see the text: k-fold cross-validation.

    labels: n × k flags. The columns, too, are learned without the texts scored.
    """
    fold = folds_of(texts, folds, salt)
    scores = np.full(labels.shape, -1.0)
    for each in range(folds):
        train, test = (fold != each).nonzero()[0].tolist(), (fold == each).nonzero()[0].tolist()
        if not train or not test:
            continue
        vectors = learn_vectors([texts[at] for at in train])
        lines = learn_lines(
            rows_for(vectors, [texts[at] for at in train]), labels[train], cost=cost
        )
        scores[test] = lines.scores(rows_for(vectors, [texts[at] for at in test]))
    return scores


def thresholds(scores: Floats, labels: Flags) -> Floats:
    """For each theme, k of them, the score at and above which guessing it gives the best F1.

    scores, labels: n × k; the scores must come from texts not learned from. Infinite where no
    row has the theme: then nothing is ever guessed.
    """
    return np.array([_threshold(scores[:, k], labels[:, k]) for k in range(labels.shape[1])])


def _threshold(scores: Floats, labels: Flags) -> float:
    total = int(labels.sum())
    if not total:
        return float("inf")
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(labels[order])
    guessed = np.arange(1, len(scores) + 1)
    f1 = 2 * hits / (guessed + total)
    # Rows of one score are guessed together: only the last of them is a place to stop.
    last = np.append(np.diff(scores[order]) != 0, True)
    best = int(np.argmax(np.where(last, f1, -1.0)))
    after = scores[order][best + 1] if best + 1 < len(scores) else scores[order][best] - 1
    return float((scores[order][best] + after) / 2)
