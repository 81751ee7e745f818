"""Releases for anyone to read, without a key."""
