"""Alarms to a program: signed JSON, by the convention of Standard Webhooks."""
