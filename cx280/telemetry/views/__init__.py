"""The staff pages of telemetry: sites, plan, flows, practices."""
