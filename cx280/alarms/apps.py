"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class AlarmsConfig(AppConfig):
    """What went wrong, who is told, and how it reaches them."""

    name = "cx280.alarms"
    label = "alarms"
