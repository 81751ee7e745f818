"""What the record of telemetry decides: when a stream may run, what plans and flows lack."""
