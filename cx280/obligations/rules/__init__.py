"""What is owed, how it stands, when to remind: decided from arguments alone."""
