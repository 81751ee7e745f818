"""Writes plans, actions and pain points; signs, sends and publishes."""
