"""What an Action Plan says, how far an action has come: decided from arguments alone."""
