"""What changes incidents, watches and deliveries; each in one transaction."""
