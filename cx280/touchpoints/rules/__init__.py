"""Shapes and words of Touchpoints, from arguments alone."""
