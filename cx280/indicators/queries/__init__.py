"""Reads indicators: what is measured, what is public, the register, the scorecard."""
