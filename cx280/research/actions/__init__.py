"""Writes research: studies, rounds, insights, and the agency's words for them."""
