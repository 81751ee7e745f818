"""People, the roles they hold for an organization, and signing in."""
