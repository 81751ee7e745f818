"""Talks with OMB, the annual deep dive first among them: agreed, owed, briefed (280.14-d2)."""
