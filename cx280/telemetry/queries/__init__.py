"""Reads the record of telemetry."""
