"""Pages of telemetry: the record of it, the script, and what the lake says."""
