"""The week of counts: parts of the day, days of the week, and what those two leave out.

Each is drawn to nothing as far as it may be chance (gamma priors whose spread is learned from the
spread of the parts themselves: Robbins, H. (1956), An empirical Bayes approach to statistics).
Arrays are series × days of the week × parts of the day, beginning with the part that comes next.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cx280.stats.detection.grid import Numbers

# How far parts of the day, days of the week and the rest lie apart (relative variances) until
# the series has shown it.
_HOURS, _DAYS, _REST = 1.0, 1.0, 0.04
# Of the noise in what was learned of parts, at least so much may be true.
_LEAST = 0.2


class Week(NamedTuple):
    """shape: factor of each part of a week; unsure: relative variance of how well it is known;
    unsure_day: what parts of a day share of that."""

    shape: Numbers
    unsure: Numbers
    unsure_day: Numbers


def first_week(series: int, days: int, parts: int) -> Week:
    """Nothing known: every part alike, and far from sure."""
    shape = np.ones((series, days, parts))
    day = (_DAYS * (days > 1) + _HOURS * (parts > 1)) * shape
    return Week(shape, day, day)


def week_of(counts: Numbers, at_level: Numbers, before: Week, worth: Numbers) -> Week:
    """The week that counts of each part show, where `at_level` would have come without a week.

    before: what was taken for the week; worth: what a count says in units of chance alone, at most
    1, where parts differ more than by chance.
    """
    seen, level = counts * worth, at_level * worth
    days_before = (before.shape * level).sum(axis=2, keepdims=True)
    empty = level.sum(axis=2, keepdims=True) <= 0
    days_before = np.where(empty, 1.0, days_before / np.maximum(level.sum(axis=2, keepdims=True),
                                                                1e-300))  # fmt: skip
    hours, hours_unsure = _drawn(
        seen.sum(axis=1, keepdims=True), (level * days_before).sum(axis=1, keepdims=True), _HOURS, 2
    )
    days, days_unsure = _drawn(
        seen.sum(axis=2, keepdims=True), (level * hours).sum(axis=2, keepdims=True), _DAYS, 1
    )
    both = hours * days
    if counts.shape[1] == 1 or counts.shape[2] == 1:
        rest, rest_unsure = np.ones_like(both), np.zeros_like(both)
    else:
        flat = (len(both), 1, -1)
        rest, rest_unsure = (
            each.reshape(both.shape)
            for each in _drawn(seen.reshape(flat), (level * both).reshape(flat), _REST, 2)
        )
    shape = both * rest
    day = days_unsure + np.where(hours_unsure >= _HOURS, hours_unsure, 0.0) + 0 * shape
    return Week(shape, day + hours_unsure + rest_unsure, day)


def _drawn(seen: Numbers, expected: Numbers, spread: float, axis: int) -> tuple[Numbers, Numbers]:
    """(factor, relative variance) of each part along an axis, drawn to 1; one part is 1."""
    if seen.shape[axis] == 1:
        return np.ones_like(seen), np.zeros_like(seen)
    known = expected > 0
    parts = np.maximum(known.sum(axis=axis, keepdims=True), 1)
    total = np.maximum(expected.sum(axis=axis, keepdims=True), 1e-9)
    seen = seen * (total / np.maximum(seen.sum(axis=axis, keepdims=True), 1e-9))
    noise = parts / total
    away = np.where(known, (seen - expected) ** 2 / np.where(known, expected, 1.0), 0.0)
    found = (away.sum(axis=axis, keepdims=True) - (parts - 1)) / total
    unknown = np.where(known.all(axis=axis, keepdims=True), noise / (noise + spread), 1.0)
    true = unknown * spread + (1 - unknown) * np.maximum(found, _LEAST * noise)
    prior = 1 / np.maximum(true, 1e-12)
    return (prior + seen) / (prior + expected), 1 / (prior + seen)
