"""Whom surveys ask, when and how often."""
