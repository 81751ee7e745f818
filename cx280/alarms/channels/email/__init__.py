"""Alarms by e-mail, over the mail server of the settings."""
