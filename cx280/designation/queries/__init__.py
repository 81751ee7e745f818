"""Reads proposals: what may be put forward, what is known of it, what is wrong."""
