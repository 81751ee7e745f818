"""Decides whom to ask, from its arguments alone."""
