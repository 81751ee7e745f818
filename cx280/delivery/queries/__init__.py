"""Reads plans, rules, and what became of the interactions."""
