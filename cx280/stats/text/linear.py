"""One straight line between each theme and the rest: linear support vectors, learned exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cx280.kernel.problem import Unusable
from cx280.stats.text.vectors import Matrix

Floats = NDArray[np.float64]
_STEPS, _INNER = 30, 40


@dataclass(frozen=True, slots=True)
class Lines:
    """Weights, columns × k, and shifts, k: a row x scores x @ weights + shifts, one for a theme."""

    weights: Floats
    shifts: Floats

    def scores(self, rows: Matrix) -> Floats:
        """n × k scores of n rows, no unit: above 0 speaks for the theme."""
        return np.asarray(rows @ self.weights + self.shifts)


def learn_lines(rows: Matrix, labels: NDArray[np.bool_], *, cost: float = 0.3) -> Lines:
    """The lines that part each theme's rows from the others, all learned at once.

    rows: n × m. labels: n × k, whether a row has the theme. cost: > 0, how dear an error is.
    The loss is the squared hinge with a quadratic penalty, which is smooth and has one lowest
    point; Newton steps solved by conjugate gradients reach it (Keerthi and DeCoste 2005, A
    modified finite Newton method for fast solution of large scale linear SVMs; Chapelle 2007).
    Raises Unusable for shapes that do not fit.
    """
    if rows.shape[0] != labels.shape[0] or labels.ndim != 2:
        raise Unusable(f"{rows.shape[0]} rows cannot have {labels.shape[0]} rows of labels.")
    if not cost > 0:
        raise Unusable(f"The cost of an error lies above 0, not at {cost}.")
    sides = np.where(labels, 1.0, -1.0)
    weights = np.zeros((rows.shape[1] + 1, labels.shape[1]))
    for k in range(labels.shape[1]):
        weights[:, k] = _one_line(rows, sides[:, k], cost)
    return Lines(weights[:-1], weights[-1])


def _one_line(rows: Matrix, side: Floats, cost: float) -> Floats:
    """The weights of one theme with the shift at the end."""
    turned = rows.T
    at = np.zeros(rows.shape[1] + 1)
    reach = _times(rows, at)
    first = None
    for _ in range(_STEPS):
        short = np.maximum(1 - side * reach, 0)
        slope = at - 2 * cost * _back(turned, side * short)
        size = float(np.sqrt(slope @ slope))
        first = first or size
        if size <= 1e-3 * first:
            break
        held = np.flatnonzero(short > 0)
        step = _newton(rows[held], slope, cost)
        move = _times(rows, step)
        length = _line_search(at, step, side, reach, move, cost)
        at = at + length * step
        reach = reach + length * move
    return at


def _newton(held: Matrix, slope: Floats, cost: float) -> Floats:
    """The step that solves (I + 2c·AᵀA) step = -slope closely, by conjugate gradients."""
    turned = held.T
    step = np.zeros_like(slope)
    rest = -slope
    towards = rest.copy()
    size = float(rest @ rest)
    goal = 0.01 * size
    for _ in range(_INNER):
        bent = towards + 2 * cost * _back(turned, _times(held, towards))
        along = size / float(towards @ bent)
        step += along * towards
        rest -= along * bent
        left = float(rest @ rest)
        if left <= goal:
            break
        towards = rest + (left / size) * towards
        size = left
    return step


def _line_search(
    at: Floats, step: Floats, side: Floats, reach: Floats, move: Floats, cost: float
) -> float:
    """How far along the step the loss is least: its derivative is rising, so halving finds it."""

    def derivative(length: float) -> float:
        short = np.maximum(1 - side * (reach + length * move), 0)
        return float((at + length * step) @ step - 2 * cost * (short * side) @ move)

    low, high = 0.0, 1.0
    if derivative(high) <= 0:
        return high
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if derivative(middle) < 0 else (low, middle)
    return (low + high) / 2


def _times(rows: Matrix, weights: Floats) -> Floats:
    return np.asarray(rows @ weights[:-1] + weights[-1])


def _back(turned: Matrix, values: Floats) -> Floats:
    return np.append(turned @ values, values.sum())
