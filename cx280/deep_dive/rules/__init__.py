"""Decides how a talk and what was agreed in it stand."""
