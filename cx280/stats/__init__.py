"""Estimates and intervals: numpy and scipy only, usable as a library."""
