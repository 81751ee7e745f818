"""Learning a theme from people's corrections, and using it only where it beats the cue words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cx280.stats.text.judging import agreement, folds_of, scores_unseen, thresholds
from cx280.stats.text.linear import Lines, learn_lines
from cx280.stats.text.vectors import Vectors, learn_vectors, rows_for

FEWEST = 100  # corrected comments before anything is learned
FEWEST_EACH = 20  # with the theme, and without it
_FOLDS = 5
_BETTER = 0.02  # how much F1 must gain over the cues: less is luck
_COST = 0.2

Labelled = Sequence[tuple[str, frozenset[str]]]  # (text, codes a person says hold)


@dataclass(frozen=True, slots=True)
class Trial:
    """How the lines and the cues did on corrected comments that the lines had not seen: F1 each.

    n: with the theme. used: whether the lines replace the cues for this theme.
    """

    code: str
    n: int
    learned: float
    cues: float
    used: bool

    def as_data(self) -> dict[str, Any]:
        """The trial as plain data for the record."""
        return {"code": self.code, "n": self.n, "learned": round(self.learned, 3),
                "cues": round(self.cues, 3), "used": self.used}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: the themes in columns, and from which score on each is guessed."""

    codes: tuple[str, ...]
    vectors: Vectors
    lines: Lines
    least: NDArray[np.float64]

    def guess(self, texts: Sequence[str]) -> list[frozenset[str]]:
        """The codes guessed for each text, of those that were learned."""
        if not texts:
            return []
        guessed = self.lines.scores(rows_for(self.vectors, texts)) >= self.least
        return [
            frozenset(code for code, told in zip(self.codes, row, strict=True) if told)
            for row in guessed
        ]


def learn(
    labelled: Labelled, by_cues: Sequence[Iterable[str]], codes: Sequence[str]
) -> tuple[Learned | None, list[Trial]]:
    """What corrections teach: the lines for themes that they file better than cues do, and how
    each theme fared; (None, []) below 100 corrected comments.

    by_cues: the codes that cues gave each of the same comments. Judged by cross-validation whose
    thresholds, too, come from other comments than those judged.
    """
    if len(labelled) < FEWEST:
        return None, []
    texts = [text for text, _ in labelled]
    truth = _flags([held for _, held in labelled], codes)
    enough = [
        k for k in range(len(codes)) if FEWEST_EACH <= truth[:, k].sum() <= len(texts) - FEWEST_EACH
    ]
    if not enough:
        return None, []
    tried = truth[:, enough]
    scores = scores_unseen(texts, tried, folds=_FOLDS, cost=_COST)
    guessed = guessed_unseen(texts, scores, tried)
    cues = _flags(by_cues, codes)[:, enough]
    trials = [
        _trial(codes[k], tried[:, at], guessed[:, at], cues[:, at]) for at, k in enumerate(enough)
    ]
    kept = [at for at, trial in enumerate(trials) if trial.used]
    if not kept:
        return None, trials
    vectors = learn_vectors(texts)
    lines = learn_lines(rows_for(vectors, texts), tried[:, kept], cost=_COST)
    names = tuple(trials[at].code for at in kept)
    return Learned(names, vectors, lines, thresholds(scores, tried)[kept]), trials


def guessed_unseen(
    texts: Sequence[str], scores: NDArray[np.float64], truth: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """n × k guesses; each text's thresholds come from the texts of the other folds."""
    fold = folds_of(texts, _FOLDS)
    guessed = np.zeros(truth.shape, dtype=bool)
    for each in range(_FOLDS):
        least = thresholds(scores[fold != each], truth[fold != each])
        guessed[fold == each] = scores[fold == each] >= least
    return guessed


def _trial(
    code: str, truth: NDArray[np.bool_], guessed: NDArray[np.bool_], cues: NDArray[np.bool_]
) -> Trial:
    learned = agreement(truth[:, None], guessed[:, None]).f1
    by_cues = agreement(truth[:, None], cues[:, None]).f1
    return Trial(code, int(truth.sum()), learned, by_cues, learned > by_cues + _BETTER)


def _flags(held: Sequence[Iterable[str]], codes: Sequence[str]) -> NDArray[np.bool_]:
    sets = [frozenset(each) for each in held]
    return np.array([[code in each for code in codes] for each in sets], dtype=bool).reshape(
        len(sets), len(codes)
    )


def merged(
    cues: Mapping[str, tuple[str, ...]], guessed: frozenset[str], learned: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """{code: words}: of cues for themes not learned, of the lines (with the cues' words, when they
    agree) for those that were."""
    taught = frozenset(learned)
    kept = {code: words for code, words in cues.items() if code not in taught or code in guessed}
    return {**kept, **{code: () for code in sorted(guessed) if code not in kept}}
