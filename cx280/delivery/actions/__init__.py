"""Writes plans and rules, decides about interactions, keeps persons as hashes."""
