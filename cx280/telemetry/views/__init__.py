"""The pages of telemetry."""
