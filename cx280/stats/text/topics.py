"""Topics: words that go together in many texts, kept only when they come back in other samples."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cx280.kernel.problem import Unusable
from cx280.stats.text.vectors import Matrix, Vectors, learn_vectors, rows_for

Floats = NDArray[np.float64]
_ROUNDS, _SAMPLES, _TOP = 120, 5, 8


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that go together. words: the heaviest first. texts: indices, the clearest first.

    share: of the texts, in [0, 1], that belong to it more than to any other. stability: in
    [0, 1], how much of its words came back when a fifth of the texts was left out.
    """

    words: tuple[str, ...]
    texts: tuple[int, ...]
    share: float
    stability: float


def find_topics(
    texts: Sequence[str],
    *,
    without: Collection[str] = (),
    counts: Sequence[int] = (4, 6, 8),
    least_stability: float = 0.5,
) -> list[Topic]:
    """The stable topics of n texts, the largest first; possibly none.

    without: words that carry no topic. counts: how many topics to try; the number whose topics
    are the most stable wins. Non-negative matrix factorization of TF-IDF (Lee and Seung 1999,
    Learning the parts of objects), from a fixed start (Boutsidis and Gallopoulos 2008), judged
    by leaving texts out (Greene, O'Callaghan and Cunningham 2014, How many topics? Stability
    analysis for topic models). Raises Unusable below 50 texts.
    """
    if len(texts) < 50:
        raise Unusable(f"Topics need at least 50 texts; these are {len(texts)}.")
    dropped = frozenset(without)
    vectors = learn_vectors(texts, fewest=3, pairs=False, pieces=False)
    vectors, rows = _without(vectors, rows_for(vectors, texts, pairs=False), dropped)
    if vectors.columns < max(counts):
        return []
    best = max(
        (_tried(rows, k) for k in counts), key=lambda tried: (tried[2].mean(), -len(tried[2]))
    )
    parts, loads, stability = best
    return _topics(list(vectors.terms), parts, loads, stability, least_stability)


def factorize(rows: Matrix, k: int) -> tuple[Floats, Floats]:
    """(n × k parts, k × m loads), none negative, whose product comes close to rows, n × m.

    Alternating updates of one column at a time (Cichocki and Phan 2009, Fast local algorithms
    for large scale nonnegative matrix factorizations); always the same for the same rows.
    """
    parts, loads = _start(rows, k)
    turned = rows.T.tocsr()
    for _ in range(_ROUNDS):
        before = loads.copy()
        _update(parts, np.asarray(rows @ loads.T), loads @ loads.T)
        held = loads.T.copy()
        _update(held, np.asarray(turned @ parts), parts.T @ parts)
        loads = held.T
        if np.abs(loads - before).max() < 1e-4 * max(float(loads.max()), 1e-12):
            break
    return parts, loads


def _update(block: Floats, target: Floats, gram: Floats) -> None:
    for k in range(block.shape[1]):
        slope = target[:, k] - block @ gram[:, k]
        block[:, k] = np.maximum(block[:, k] + slope / max(float(gram[k, k]), 1e-12), 0)


def _start(rows: Matrix, k: int) -> tuple[Floats, Floats]:
    """Parts and loads of the k largest singular vectors, each cut to its stronger sign."""
    turned = rows.T.tocsr()
    base = _orthogonal(np.asarray(turned @ _spread(rows.shape[0], k + 4)))
    for _ in range(6):
        base = _orthogonal(np.asarray(turned @ (rows @ base)))
    _, values, right = np.linalg.svd(np.asarray(rows @ base), full_matrices=False)
    loads = (base @ right.T).T[:k]
    parts = np.empty((rows.shape[0], k))
    for at in range(k):
        left = np.asarray(rows @ loads[at]) / max(float(values[at]), 1e-12)
        positive = np.linalg.norm(np.maximum(left, 0)) * np.linalg.norm(np.maximum(loads[at], 0))
        negative = np.linalg.norm(np.minimum(left, 0)) * np.linalg.norm(np.minimum(loads[at], 0))
        sign = 1.0 if positive >= negative else -1.0
        scale = np.sqrt(max(float(values[at]), 1e-12))
        parts[:, at] = np.maximum(sign * left, 0) * scale + 1e-6
        loads[at] = np.maximum(sign * loads[at], 0) * scale + 1e-6
    return parts, loads


def _spread(n: int, k: int) -> Floats:
    """A fixed table that mixes rows evenly: the start of a search for directions, not a sample."""
    return np.random.default_rng(280).normal(size=(n, k))


def _orthogonal(table: Floats) -> Floats:
    return np.linalg.qr(table)[0]


def _tried(rows: Matrix, k: int) -> tuple[Floats, Floats, Floats]:
    """Parts, loads and the stability, k values, of k topics."""
    parts, loads = factorize(rows, k)
    found = [_top(load) for load in loads]
    stability = np.zeros(k)
    for sample in range(_SAMPLES):
        kept = np.flatnonzero(np.arange(rows.shape[0]) % _SAMPLES != sample)
        _, again = factorize(rows[kept], k)
        others = [_top(load) for load in again]
        stability += [max(_overlap(mine, other) for other in others) for mine in found]
    return parts, loads, stability / _SAMPLES


def _top(load: Floats) -> frozenset[int]:
    return frozenset(np.argsort(-load, kind="stable")[:_TOP].tolist())


def _overlap(first: frozenset[int], second: frozenset[int]) -> float:
    return len(first & second) / len(first | second)


def _without(vectors: Vectors, rows: Matrix, dropped: frozenset[str]) -> tuple[Vectors, Matrix]:
    kept = [term for term in vectors.terms if term not in dropped and len(term) > 2]
    at = [vectors.terms[term] for term in kept]
    terms = {term: column for column, term in enumerate(kept)}
    return Vectors(terms, vectors.pieces, vectors.weights[at]), rows[:, at].tocsr()


def _topics(
    terms: list[str], parts: Floats, loads: Floats, stability: Floats, least: float
) -> list[Topic]:
    scaled = parts * np.linalg.norm(loads, axis=1)
    strongest = scaled.argmax(axis=1)
    speaks = scaled.max(axis=1) > 0.05
    found = []
    for k in range(len(loads)):
        own = np.flatnonzero((strongest == k) & speaks)
        if stability[k] < least or len(own) < 5:
            continue
        clearest = own[np.argsort(-scaled[own, k], kind="stable")]
        least_load = 0.3 * float(loads[k].max())
        heavy = [
            at for at in np.argsort(-loads[k], kind="stable")[:_TOP] if loads[k, at] > least_load
        ]
        found.append(
            Topic(
                tuple(terms[at] for at in heavy),
                tuple(int(at) for at in clearest),
                len(own) / len(parts),
                float(stability[k]),
            )
        )
    return sorted(found, key=lambda topic: (-topic.share, topic.words))
