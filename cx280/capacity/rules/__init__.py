"""What an assessment asks and says, and how levels follow: decided from arguments alone."""
