"""Pages where people look: government, provider, service, today, the public front."""
