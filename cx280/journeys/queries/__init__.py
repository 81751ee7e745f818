"""Reads journeys, their evidence and their versions."""
