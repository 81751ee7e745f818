"""Reads what is watched, its series, incidents and their history."""
