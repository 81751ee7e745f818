"""Tells Django that this folder is an application."""

from django.apps import AppConfig


class DeepDiveConfig(AppConfig):
    """Deep dives and regular talks of each provider with OMB, and what both owe each other."""

    name = "cx280.deep_dive"
    label = "deep_dive"
