"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class BurdenConfig(AppConfig):
    """The burden of journeys."""

    name = "cx280.burden"
    label = "burden"
