"""What alarms decide from their arguments alone."""
