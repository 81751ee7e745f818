"""Tells people, the same hour, that something is wrong; and not for nothing."""
