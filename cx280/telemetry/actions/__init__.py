"""Writes the record of telemetry, each change audited."""
