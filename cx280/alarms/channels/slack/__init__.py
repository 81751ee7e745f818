"""Alarms to a channel of Slack, and of programs that take the same cards."""
