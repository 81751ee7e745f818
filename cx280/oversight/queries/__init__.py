"""Reads all agencies at once: each list in a fixed number of queries."""
