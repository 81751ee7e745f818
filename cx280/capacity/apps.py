"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class CapacityConfig(AppConfig):
    """Capacity Assessments, their versioned templates, and the registers they draw on."""

    name = "cx280.capacity"
    label = "capacity"
