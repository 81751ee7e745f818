"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class DesignationConfig(AppConfig):
    """The services proposed for a year, the meetings held about it, and service assessments."""

    name = "cx280.designation"
    label = "designation"
