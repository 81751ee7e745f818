"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class RecoveryConfig(AppConfig):
    """People who asked to be contacted about what they answered."""

    name = "cx280.recovery"
    label = "recovery"
