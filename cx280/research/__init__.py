"""Research with customers: studies, usability rounds, what is known of people and their needs."""
