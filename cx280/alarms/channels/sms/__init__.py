"""Alarms as text messages, through a provider that the settings name."""
