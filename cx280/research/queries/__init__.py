"""Reads research: studies, rounds, insights, and where designated services stand."""
