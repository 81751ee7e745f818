"""Finds what is unusual in a series of numbers in time, from its own past alone."""

from cx280.stats.detection.counts import chance_to_find, watch_counts, watch_many_counts
from cx280.stats.detection.detector import Detection, alarm_at, detect
from cx280.stats.detection.drift import Drift, watch_drift
from cx280.stats.detection.replay import CHOICES, Replayed, replay, strictest
from cx280.stats.detection.scores import Slower, watch_durations, watch_scores
from cx280.stats.detection.shares import watch_shares, watch_steps
from cx280.stats.detection.watched import Watched, looks_between
from cx280.stats.detection.words import explain, explain_count, explain_drift, explain_share

__all__ = [
    "CHOICES", "Detection", "Drift", "Replayed", "Slower", "Watched", "alarm_at",
    "chance_to_find", "detect", "explain", "explain_count", "explain_drift", "explain_share",
    "looks_between", "replay", "strictest", "watch_counts", "watch_drift", "watch_durations",
    "watch_many_counts", "watch_scores", "watch_shares", "watch_steps",
]  # fmt: skip
