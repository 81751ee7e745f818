"""Writes journeys, each change with its version and its entry in the trail."""
