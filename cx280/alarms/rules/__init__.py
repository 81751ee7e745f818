"""What alarms say and when, decided from arguments alone."""
