"""Writes proposals, and moves them: signed, returned, concurred with."""
