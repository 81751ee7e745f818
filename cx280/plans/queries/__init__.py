"""Reads plans, and what their measures say now."""
