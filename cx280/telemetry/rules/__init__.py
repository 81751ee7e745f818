"""What telemetry decides from its arguments alone."""
