"""Reads what is owed, how it stands, and who is told."""
