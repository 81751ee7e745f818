"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    """Everything owed to OMB by a day, what was handed in, and who is reminded."""

    name = "cx280.obligations"
    label = "obligations"
