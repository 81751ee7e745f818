"""Texts become rows, rows are parted by lines, and guesses are judged on texts not seen."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.stats.text.judging import (
    agreement,
    folds_of,
    macro_f1,
    scores_unseen,
    thresholds,
)
from cx280.stats.text.linear import learn_lines
from cx280.stats.text.tokens import pairs_of, pieces_of, plain, words_of
from cx280.stats.text.vectors import learn_vectors, rows_for

WAITS = ["waited in line for hours", "the line was long", "hours of waiting", "long wait in line"]
SITES = ["the website crashed", "page crashed again", "the website page froze", "website froze"]


def test_words_are_lower_case_and_without_what_redaction_left() -> None:
    assert words_of("Call [phone]: I DON’T know, 3 hours!") == [
        "call", "i", "don't", "know", "#", "hours",
    ]  # fmt: skip


def test_pairs_and_pieces_of_words() -> None:
    assert list(pairs_of(["a", "long", "wait"])) == ["a long", "long wait"]
    assert list(pieces_of(["ab"], 2, 3)) == [" a", "ab", "b ", " ab", "ab "]


def test_accents_are_dropped_and_the_spanish_n_is_not() -> None:
    assert (plain("rápido"), plain("año")) == ("rapido", "año")


@given(st.text(max_size=200))
def test_any_text_becomes_a_row_of_length_one_or_none_for_each_block(text: str) -> None:
    vectors = learn_vectors(WAITS + SITES)

    row = rows_for(vectors, [text]).toarray()[0]

    terms, pieces = row[: len(vectors.terms)], row[len(vectors.terms) :]
    for block in (terms, pieces):
        length = float(np.sqrt(block @ block))
        assert length == pytest.approx(1) or length == 0
    assert (row >= 0).all()


def test_no_text_gives_no_row_and_nothing_to_learn_from_is_refused() -> None:
    vectors = learn_vectors(WAITS)

    assert rows_for(vectors, []).shape == (0, vectors.columns)
    with pytest.raises(Unusable, match="no text"):
        learn_vectors([])
    with pytest.raises(Unusable, match="No word"):
        learn_vectors(["…", "!!"])


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    vectors = learn_vectors([*WAITS, "the hours", "the line"], fewest=1)

    assert vectors.weights[vectors.terms["waited"]] > vectors.weights[vectors.terms["line"]]


def test_lines_part_what_can_be_parted() -> None:
    texts = WAITS + SITES
    labels = np.array([[k == side for k in range(2)] for side in [0] * 4 + [1] * 4])
    vectors = learn_vectors(texts, fewest=1)

    lines = learn_lines(rows_for(vectors, texts), labels, cost=10)
    scores = lines.scores(rows_for(vectors, ["such a long line", "the page froze"]))

    assert scores.argmax(axis=1).tolist() == [0, 1]


def test_lines_reach_the_lowest_loss() -> None:
    """No small step in any of 20 directions lowers the loss that the lines were to lower."""
    texts = WAITS + SITES
    rows = rows_for(learn_vectors(texts, fewest=1), texts)
    labels = np.array([[at % 3 == 0] for at in range(8)])
    lines = learn_lines(rows, labels, cost=0.5)

    def loss(weights: np.ndarray) -> float:
        reach = rows @ weights[:-1] + weights[-1]
        short = np.maximum(1 - np.where(labels[:, 0], 1, -1) * reach, 0)
        return float(weights @ weights / 2 + 0.5 * (short @ short))

    found = np.append(lines.weights[:, 0], lines.shifts[0])
    rng = np.random.default_rng(1)
    for _ in range(20):
        step = rng.normal(size=len(found))
        step *= 0.05 / np.sqrt(step @ step)
        assert loss(found + step) > loss(found) - 1e-4


def test_shapes_that_do_not_fit_are_refused() -> None:
    rows = rows_for(learn_vectors(WAITS), WAITS)

    with pytest.raises(Unusable, match="cannot have 3"):
        learn_lines(rows, np.zeros((3, 1), dtype=bool))
    with pytest.raises(Unusable, match="above 0"):
        learn_lines(rows, np.zeros((4, 1), dtype=bool), cost=0)


def test_the_same_texts_teach_the_same_in_another_process() -> None:
    """Python's own hash differs from process to process; ours must not."""
    code = (
        "from cx280.stats.text.vectors import learn_vectors, rows_for\n"
        f"t = {WAITS + SITES!r}\n"
        "print(rows_for(learn_vectors(t), t).sum(axis=1).round(9).tolist())"
    )

    told = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }

    assert len(told) == 1


def test_equal_texts_share_a_fold() -> None:
    fold = folds_of(["Nothing.", "nothing", "NOTHING!!", "all of it"], 5)

    assert len(set(fold[:3].tolist())) == 1
    with pytest.raises(Unusable):
        folds_of(["a"], 1)


def test_scores_come_from_lines_that_did_not_see_the_text() -> None:
    """A label that only one text has cannot be guessed for it; learned by heart it would be."""
    texts = [f"{each} number {each}" for each in WAITS + SITES]
    alone = np.array([[at == 3] for at in range(8)])

    scores = scores_unseen(texts, alone, folds=8)

    assert scores[3, 0] < 0


@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=50),
)
def test_micro_f1_is_the_harmonic_mean_of_precision_and_recall(
    cells: list[tuple[bool, bool]],
) -> None:
    truth = np.array([[a] for a, _ in cells])
    guessed = np.array([[b] for _, b in cells])

    found = agreement(truth, guessed)

    if found.precision + found.recall:
        mean = 2 * found.precision * found.recall / (found.precision + found.recall)
        assert found.f1 == pytest.approx(mean)
    else:
        assert found.f1 == 0
    assert macro_f1(truth, guessed) == found.f1


def test_micro_f1_of_one_guess_a_row_is_the_share_guessed_right() -> None:
    truth = np.eye(3, dtype=bool)[[0, 1, 2, 2]]
    guessed = np.eye(3, dtype=bool)[[0, 1, 1, 2]]

    assert agreement(truth, guessed).f1 == 0.75
    with pytest.raises(Unusable):
        agreement(truth, guessed[:2])


@given(st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=1, max_size=40))
def test_no_threshold_beats_the_one_chosen(rows: list[tuple[int, bool]]) -> None:
    scores = np.array([[float(score)] for score, _ in rows])
    labels = np.array([[label] for _, label in rows])

    chosen = thresholds(scores, labels)[0]
    best = agreement(labels, scores >= chosen).f1

    others = [agreement(labels, scores >= each).f1 for each in {*scores[:, 0], 6.0, -6.0}]
    assert best == pytest.approx(max(others)) or not labels.any()
