"""Alarms to a channel of Microsoft Teams, and of programs that take the same cards."""
