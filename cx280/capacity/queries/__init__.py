"""Reads assessments, templates and registers, and what cx280 knows in advance."""
