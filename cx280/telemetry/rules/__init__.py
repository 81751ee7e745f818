"""What telemetry must be, decided from arguments alone (280.7)."""
