"""Finds what is unusual in a series of numbers in time, from its own past alone."""

from cx280.stats.detection.detector import Detection, alarm_at, detect
from cx280.stats.detection.words import explain

__all__ = ["Detection", "alarm_at", "detect", "explain"]
