"""Decides what the console says, from what was read."""
