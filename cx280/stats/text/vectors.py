"""TF-IDF: texts as sparse rows of weighted words, pairs of words and pieces of words."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import scipy  # its parts load when first used
from numpy.typing import NDArray

from cx280.kernel.problem import Unusable
from cx280.stats.text.tokens import pairs_of, pieces_of, words_of

Matrix: TypeAlias = Any  # scipy.sparse.csr_matrix, which has no types
BUCKETS = 1 << 17  # where pieces of words go; two in one bucket is rare and harmless


@dataclass(frozen=True, slots=True)
class Vectors:
    """How texts become rows: the terms known and the weight of each column.

    terms: {word or pair of words: column}, in alphabetical order, columns 0 … t - 1.
    pieces: the buckets used, ascending, p of them; they stand in columns t … t + p - 1.
    weights: t + p inverse document frequencies, ≥ 1, no unit.
    """

    terms: dict[str, int]
    pieces: NDArray[np.int64]
    weights: NDArray[np.float64]

    @property
    def columns(self) -> int:
        """How many columns a row has."""
        return len(self.weights)


def learn_vectors(
    texts: Sequence[str], *, fewest: int = 2, pairs: bool = True, pieces: bool = True
) -> Vectors:
    """The columns for texts like these n: terms and pieces found in at least `fewest` of them.

    Weights are ln((1 + n) / (1 + n_with)) + 1 (Salton and Buckley 1988, Term-weighting approaches
    in automatic text retrieval, smoothed by one). Raises Unusable when no text has a word.
    """
    _check(texts, fewest)
    with_term: Counter[str] = Counter()
    with_piece: Counter[int] = Counter()
    for text in texts:
        words = words_of(text)
        with_term.update(set(_terms_of(words, pairs)))
        if pieces:
            with_piece.update(set(_buckets_of(words)))
    kept = sorted(term for term, n in with_term.items() if n >= fewest)
    buckets = sorted(bucket for bucket, n in with_piece.items() if n >= fewest)
    if not kept and not buckets:
        raise Unusable("No word stands in enough of these texts.")
    seen = np.array([with_term[t] for t in kept] + [with_piece[b] for b in buckets], dtype=float)
    weights = np.log((1 + len(texts)) / (1 + seen)) + 1
    columns = {term: at for at, term in enumerate(kept)}
    return Vectors(columns, np.array(buckets, dtype=np.int64), weights)


def rows_for(vectors: Vectors, texts: Sequence[str], *, pairs: bool = True) -> Matrix:
    """The texts as a sparse matrix, len(texts) × vectors.columns; a text without a known word is 0.

    A cell is (1 + ln count) times the column's weight. Words and pieces are each scaled to length
    1 in a row, so that a long word's many pieces do not drown its meaning.
    """
    words = [words_of(text) for text in texts]
    known = vectors.terms
    terms = [[known[t] for t in _terms_of(each, pairs) if t in known] for each in words]
    blocks = [_block(terms, len(known), vectors.weights[: len(known)])]
    if len(vectors.pieces):
        buckets = [_known(vectors.pieces, _buckets_of(each)) for each in words]
        weights = vectors.weights[len(known) :]
        blocks.append(_block(buckets, len(vectors.pieces), weights))
    return scipy.sparse.hstack(blocks, format="csr")


def _known(pieces: NDArray[np.int64], buckets: Sequence[int]) -> NDArray[np.int64]:
    """The columns of the buckets that are in use."""
    given = np.array(buckets, dtype=np.int64)
    at = np.minimum(np.searchsorted(pieces, given), len(pieces) - 1)
    found: NDArray[np.int64] = at[pieces[at] == given]
    return found


def _block(
    columns: Sequence[Sequence[int] | NDArray[np.int64]], width: int, weights: NDArray[np.float64]
) -> Matrix:
    """Rows of weighted counts, each scaled to length 1; columns: of each row, with repeats."""
    starts = np.concatenate([[0], np.cumsum([len(each) for each in columns])]).astype(np.int64)
    at = np.concatenate([np.empty(0, np.int64), *map(np.asarray, columns)]).astype(np.int64)
    block = scipy.sparse.csr_matrix((np.ones(len(at)), at, starts), (len(columns), width))
    block.sum_duplicates()
    block.data = (1 + np.log(block.data)) * weights[block.indices]
    rows = np.repeat(np.arange(len(columns)), np.diff(block.indptr))
    lengths = np.sqrt(np.bincount(rows, block.data**2, minlength=len(columns)))
    block.data /= lengths[rows]
    return block


def _terms_of(words: Sequence[str], pairs: bool) -> list[str]:
    return [*words, *pairs_of(words)] if pairs else list(words)


def _buckets_of(words: Sequence[str]) -> list[int]:
    return [bucket for word in words for bucket in _buckets(word)]


@lru_cache(maxsize=20_000)
def _buckets(word: str) -> tuple[int, ...]:
    """By a checksum, and not by Python's hash, which differs from one process to the next."""
    return tuple(zlib.crc32(piece.encode()) % BUCKETS for piece in pieces_of([word]))


def _check(texts: Sequence[str], fewest: int) -> None:
    if not texts:
        raise Unusable("There is no text to learn from.")
    if fewest < 1:
        raise Unusable(f"A term must stand in at least 1 text, not {fewest}.")
