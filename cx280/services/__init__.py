"""The inventory of services, their profile and journeys; providers (280.2-280.6, 280.13)."""
