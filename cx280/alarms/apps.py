"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    """What is watched, what went wrong, whom it was told, and what became of it."""

    name = "cx280.alarms"
    label = "alarms"
