"""Text messages, through a provider that the settings name."""
