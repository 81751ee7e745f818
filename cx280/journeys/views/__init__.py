"""Translates between pages and journeys."""
