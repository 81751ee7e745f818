"""Journeys as pictures and files that people keep."""
