"""Writes indicators and their years; publishes plans and reports."""
