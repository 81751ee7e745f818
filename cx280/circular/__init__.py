"""Editions of Section 280 as data: statements, drivers, limits, dates, references, rule ids."""
